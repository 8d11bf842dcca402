import type { EvaluationRecord, Experiment, Summary } from "@grok/train";
import { changeParts } from "@grok/train/front-end";
import { sweepRun } from "../run/run-name";
import { rootOf } from "../run/trunks-of";
import type { SweepOptions } from "../spec/sweep-options";
import { type RunState, type SweepState, waitingRun } from "../state/sweep-state";
import { SweepError } from "../sweep-error";
import { type ChangedRun, changeAxis, futuresOf } from "./future";
import { futuresFigures } from "./futures-figures";

/** A run that may share its past with others. */
export interface PastRun {
  /** What it is called in an error: its folder. */
  readonly called: string;
  readonly experiment: Experiment;
  readonly records: readonly EvaluationRecord[];
  /** Null of a run that continues, or was killed. */
  readonly summary: Summary | null;
}

const axes = [changeAxis, "seed"];

/**
 * The figure of futures of some runs, such as a run and its forks: runs that are changed alike and
 * differ in their seed are one future. If the seeds' changes are at different steps, each at its run's
 * own t_mem or t_grok, steps count from there.
 *
 * @throws SweepError for runs that differ in more than changes, seeds and length, so that they share no
 *   past, or if none of them was changed
 */
export async function futuresOfRuns(
  given: readonly PastRun[],
  { title = null, ...options }: SweepOptions & { title?: string | null } = {},
): Promise<string> {
  const [first] = given;
  const names = new Map(given.map((each) => [sweepRun(each.experiment).name, each]));
  const runs = [...names.values()];
  for (const each of runs) {
    if (first === undefined || pastOf(each) === pastOf(first)) continue;
    throw new SweepError(
      `${first.called} and ${each.called} share no past: they differ in more than changes in mid-run, their seed and how long they last.`,
    );
  }
  const all = withEvents(runs.map((each) => changedRun(each, options)));
  const state: SweepState = {
    format: "grok-sweep-1",
    title,
    spec: null,
    axes,
    updated: "",
    runs: all.map(({ run }) => run),
  };
  const threshold = first?.experiment.training.grokThreshold ?? 1;
  const { futures } = await futuresFigures(state, futuresOf(state, all), threshold);
  if (futures !== undefined) return futures;
  throw new SweepError("None of these runs was changed in mid-run, so that they have no futures.");
}

/** What runs that share a past are called alike, whatever their seed. */
function pastOf({ experiment }: PastRun): string {
  return rootOf(sweepRun({ ...experiment, seed: 0 }));
}

function changedRun({ experiment, records, summary }: PastRun, options: SweepOptions): ChangedRun {
  const waiting = waitingRun(sweepRun(experiment), axes, options);
  const run: RunState = {
    ...waiting,
    state: summary?.status ?? "running",
    step: summary?.steps ?? records.at(-1)?.step ?? 0,
    t_mem: summary?.t_mem ?? null,
    t_grok: summary?.t_grok ?? null,
    ...(summary?.t_ungrok === undefined ? {} : { t_ungrok: summary.t_ungrok }),
  };
  return { run, records, changedAt: experiment.changes?.[0]?.at ?? null };
}

/** Calls first changes that are at each run's own t_mem or t_grok so, if their steps differ. */
function withEvents(runs: readonly ChangedRun[]): ChangedRun[] {
  const what = new Map(runs.map((each) => [each, whatChanges(each)]));
  return runs.map((each) => {
    const alike = runs.filter((other) => what.get(other) === what.get(each));
    const steps = new Set(alike.map(({ changedAt }) => changedAt));
    if (each.changedAt === null || steps.size === 1) return each;
    const event = (["t_mem", "t_grok"] as const).find((name) =>
      alike.every(({ changedAt, run }) => changedAt === run[name]),
    );
    if (event === undefined) return each;
    const settings = { ...each.run.settings, [changeAxis]: `${event}: ${what.get(each)}` };
    return { ...each, run: { ...each.run, settings } };
  });
}

/** A run's changes without the step of the first. */
function whatChanges({ run }: ChangedRun): string {
  const text = run.settings[changeAxis];
  const [first, ...further] = typeof text === "string" ? changeParts(text) : [];
  return [first?.what ?? "", ...further.map((each) => each.text)].join("; ");
}
