import type { ChangePart } from "@grok/train/front-end";
import type { SweepRun } from "../run/sweep-run";
import { partsOf } from "../spec/awaited";
import { runOf, settingsOf, sweepAxes, withForkPoints } from "../spec/expand-sweep";
import type { Settings, Sweep } from "../spec/spec";
import type { SweepOptions } from "../spec/sweep-options";
import { type Setting, settingOf } from "../state/setting";
import { isDone, type MissingRun, type RunState } from "../state/sweep-state";
import { SweepError } from "../sweep-error";
import type { SweepPlan } from "./sweep-plan";

/**
 * Which checkpoints a run keeps that others are to continue from, if the sweep does not say: a run that
 * begins at some step trains 9% of the way there again, at most.
 */
const kept = "log:8";

/** A run as the sweep asks for it. */
interface Wanted {
  readonly own: Settings;
  readonly which: string;
  readonly parts: readonly ChangePart[];
}

/** What is known of a run that is wanted: what to do next for it, or why it cannot be. */
type Next = { run: SweepRun; isTrunk: boolean } | { missing: MissingRun };

/**
 * The runs of a sweep that has changes at t_mem or t_grok. A run with such a change is known only once
 * the run without it, its trunk, has come there: so trunks are done first, and then what continues from
 * them. A trunk is a run of the sweep whether or not it was asked for.
 *
 * @throws SweepError as `expandSweep`, before anything is trained
 */
export function futuresPlan(sweep: Sweep, options: SweepOptions = {}): SweepPlan {
  const all = settingsOf(sweep);
  const axes = sweepAxes(sweep, options);
  const wanted = all.map((own, i): Wanted => {
    const parts = partsOf(sweep, own);
    return { own, which: `run ${i + 1} of ${all.length}`, parts };
  });
  if (wanted.length === 0) throw new SweepError("The sweep has no runs: exclude leaves none.");
  const steps = wanted.flatMap(({ parts }) => parts.flatMap(stepOf));
  const known = new Map<string, SweepRun>();
  const runWith = ({ own, which }: Wanted, change: readonly string[], settings?: Settings) => {
    const key = JSON.stringify([own, change]);
    const run =
      known.get(key) ??
      runOf(sweep, { ...own, change: change.join("\n") || "none" }, which, options);
    known.set(key, run);
    return settings === undefined ? run : { ...run, settings: settings as Record<string, Setting> };
  };
  for (const each of wanted) check(each, runWith);

  /** Goes through the changes of a run as far as their steps are known. */
  const nextOf = (each: Wanted, states: ReadonlyMap<string, RunState>): Next => {
    const change: string[] = [];
    for (const [i, { event, text, what }] of each.parts.entries()) {
      if (event === null) {
        change.push(text);
        continue;
      }
      const trunk = runWith(each, change, named(each.parts.slice(0, i)));
      const state = states.get(trunk.name);
      if (state === undefined || !hasEnded(state)) return { run: trunk, isTrunk: true };
      const step = state[event];
      const settings = Object.fromEntries(
        axes.map((axis) => [axis, settingOf(trunk.experiment, axis, options)]),
      );
      Object.assign(settings, named(each.parts));
      if (step === null) return { missing: { settings, reason: reasonOf(state, event) } };
      change.push(`${step}: ${what}`);
      try {
        runWith(each, change);
      } catch (error) {
        // At the last step there is nothing left to change; or another change comes first.
        if (error instanceof SweepError) return { missing: { settings, reason: error.message } };
        throw error;
      }
    }
    return { run: runWith(each, change, named(each.parts)), isTrunk: false };
  };

  const nexts = (before: readonly RunState[]) => {
    const states = new Map(before.map((run) => [run.name, run]));
    return wanted.map((each) => nextOf(each, states));
  };
  // Of each run with such changes, those that it continues from besides its first trunk, and itself.
  const awaited = wanted.flatMap(({ own, parts }) =>
    parts.filter(({ event }) => event !== null).map((_, i) => JSON.stringify([own, i])),
  );
  const firsts = wanted.flatMap((each) => {
    const next = nextOf(each, new Map());
    return "run" in next ? [next.run.name] : [];
  });
  return {
    title: sweep.title ?? null,
    spec: sweep,
    axes,
    maxRuns: new Set([...firsts, ...awaited]).size,
    next(before) {
      const made = new Set(before.map(({ name }) => name));
      const runs = new Map<string, SweepRun>();
      const bases = new Set<string>();
      for (const next of nexts(before)) {
        if (!("run" in next) || made.has(next.run.name)) continue;
        if (next.isTrunk) bases.add(next.run.name);
        if (!runs.has(next.run.name)) runs.set(next.run.name, next.run);
      }
      return withForkPoints([...runs.values()], steps).map((run) =>
        bases.has(run.name) ? keeping(run, sweep) : run,
      );
    },
    missing: (before) => nexts(before).flatMap((next) => ("missing" in next ? [next.missing] : [])),
  };
}

/** The axis of changes as the sweep has it, not as the steps come out. */
function named(parts: readonly ChangePart[]): Settings {
  if (parts.every(({ event }) => event === null)) return {};
  return { change: parts.map(({ text }) => text).join("; ") || null };
}

function stepOf({ event, text }: ChangePart): number[] {
  const step = event === null ? Number.parseInt(text, 10) : Number.NaN;
  return Number.isSafeInteger(step) ? [step] : [];
}

function hasEnded(state: RunState): boolean {
  return isDone(state) || state.state === "failed" || state.state === "stopped";
}

function reasonOf({ state }: RunState, event: "t_mem" | "t_grok"): string {
  const what = `the run without it has not ${event === "t_mem" ? "memorised" : "grokked"}`;
  if (state === "failed") return `${what} before it failed`;
  return state === "stopped" ? `${what} before it was stopped early` : what;
}

/** Refuses what no step could make right: the changes as if they came right after each other. */
function check(each: Wanted, runWith: (each: Wanted, change: readonly string[]) => SweepRun): void {
  let last = 0;
  const change = each.parts.map((part) => {
    const [step = last + 1] = stepOf(part);
    last = step;
    return part.event === null ? part.text : `${step}: ${part.what}`;
  });
  runWith(each, change);
}

/** A trunk that keeps checkpoints to continue from, if the sweep does not say which are kept. */
function keeping(run: SweepRun, { flags }: Sweep): SweepRun {
  if (flags["keep-checkpoints"] !== undefined) return run;
  const { experiment } = run;
  const training = { ...experiment.training, keepCheckpoints: kept } as const;
  return { ...run, experiment: { ...experiment, training } };
}
