import { join, resolve } from "node:path";
import type { RunState, SweepPlan, SweepState } from "@grok/sweep";
import { type RunEvent, runFolder, runSweep, siblingSweeps, takeRun } from "@grok/sweep/node";
import type { Experiment } from "@grok/train";
import { hasEnded } from "@grok/train";
import { makeFolder, readSummary, writeFileAtomic } from "@grok/train/node";
import { version } from "../../package.json";
import type { AskedRun } from "../figure/asked-run";
import type { Figure } from "../figure/figure";
import { figureAxes, figureRuns } from "../figure/figure-runs";
import { judge } from "../judge/judge";
import type { FigureRun } from "../result/figure-run";
import { type Reproduction, reproductionOf } from "../result/reproduction";
import { resultJson } from "../result/result-json";
import { unionOfRuns } from "../result/union";
import { readFigureRuns } from "./read-figure-runs";

/** What was judged, in a figure's folder. */
export const verdictName = "verdict.json";
/** The picture, in a figure's folder. */
export const pictureName = "figure.png";

/** Settings of {@link reproduce}. */
export interface ReproduceOptions {
  /** The figure's folder; figures beside it are looked into for runs. */
  folder: string;
  /** Runs what `--quick` asks for; default everything. */
  quick?: boolean;
  /** Judges what is there, and runs nothing; default false. */
  noRun?: boolean;
  /** Does only runs with these seeds; whatever is there is judged all the same. Default: all seeds. */
  seeds?: readonly number[];
  /** Runs of a recorded result (`readRecorded`): they count, and are not done again. Default: none. */
  recorded?: readonly FigureRun[];
  jobs?: number;
  threads?: number;
  /** As of `runSweep` of @grok/sweep; default false. */
  takeOver?: boolean;
  /** As of `runSweep` of @grok/sweep; default false. */
  allowChanges?: boolean;
  /** Is told in a sentence what is waited for. */
  onWait?: (sentence: string) => void;
  /** Runs that ended elsewhere, by name; see `findRuns`. */
  known?: ReadonlyMap<string, string>;
  /**
   * Computes measures on the checkpoints of a run that has ended and writes them to its analysis.jsonl,
   * for arms with an `analysis`. Default: nothing is computed, and what needs it has no value.
   */
  analyse?: (folder: string, experiment: Experiment, measures: readonly string[]) => Promise<void>;
  /** The command that asked for it, for the record. */
  command: string;
  signal?: AbortSignal;
  /** Called with each run whose state changed, with the event if it was one. */
  onChange?: (run: RunState, event: RunEvent | null) => void;
}

/** What {@link reproduce} gives. */
export interface Reproduced {
  readonly result: Reproduction;
  readonly runs: readonly FigureRun[];
  /** The figure as SVG; null without a run. */
  readonly svg: string | null;
  /** How its runs stand; null if none was to be done. */
  readonly state: SweepState | null;
}

/**
 * Does the runs of a figure that are missing, then draws and judges it. Runs that ended anywhere
 * else, in the folders beside it or among the known, are linked in. The folder is that of a sweep,
 * with `figure.svg`, `figure.png` and `verdict.json` in it; asked again it continues where it was.
 */
export async function reproduce(figure: Figure, options: ReproduceOptions): Promise<Reproduced> {
  const { folder, noRun = false, command, recorded = [] } = options;
  await link(figureRuns(figure), options);
  const plan = planFor(figure, options);
  const state = noRun || plan.maxRuns === 0 ? null : await runSweep(plan, sweepOptions(options));
  if (!noRun) await analyseEnded(figure, options);
  const runs = unionOfRuns(figure, await readFigureRuns(figure, folder), recorded);
  const date = new Date().toISOString();
  const result = reproductionOf(figure, judge(figure, runs), runs, { date, command, version });
  const svg = runs.length === 0 ? null : await figure.draw(runs);
  if (runs.length > 0 || !noRun) {
    await makeFolder(folder);
    await writeFileAtomic(join(folder, verdictName), resultJson(result));
  }
  if (svg !== null) {
    const { svgToPng } = await import("@grok/plot");
    await writeFileAtomic(join(folder, "figure.svg"), svg);
    await writeFileAtomic(join(folder, pictureName), await svgToPng(svg));
  }
  return { result, runs, svg, state };
}

/** The runs of a figure as a sweep: those that are asked for and not recorded. */
export function planFor(
  figure: Figure,
  {
    quick = false,
    seeds,
    recorded = [],
  }: Pick<ReproduceOptions, "quick" | "seeds" | "recorded"> = {},
): SweepPlan {
  const isRecorded = new Set(recorded.map(({ name }) => name));
  const asked = figureRuns(figure, quick).filter(
    ({ name, experiment: { seed } }) =>
      !isRecorded.has(name) && (seeds === undefined || seeds.includes(seed)),
  );
  const runs = [...new Map(asked.map((run) => [run.name, run])).values()];
  return {
    title: figure.title,
    spec: figure.arms.map(({ name, spec, seeds }) => ({ name, ...spec, seeds: [...seeds] })),
    axes: figureAxes(figure),
    maxRuns: runs.length,
    next: (before) =>
      before.length === 0 ? runs.map(({ name, experiment }) => ({ name, experiment })) : [],
  };
}

function sweepOptions(options: ReproduceOptions) {
  const { folder, jobs, threads, takeOver, allowChanges, signal, onWait, onChange } = options;
  return { folder, jobs, threads, takeOver, allowChanges, signal, onWait, onChange };
}

/** Analyses the runs of the folder that have ended and are to be. */
async function analyseEnded(
  figure: Figure,
  { folder, analyse, signal }: ReproduceOptions,
): Promise<void> {
  const measures = new Map(figure.arms.map((arm) => [arm.name, arm.analysis]));
  for (const { arm, name, experiment } of figureRuns(figure)) {
    const names = measures.get(arm);
    if (names === undefined || analyse === undefined || signal?.aborted) continue;
    const own = runFolder(folder, name);
    const summary = await readSummary(own).catch(() => null);
    if (!hasEnded(summary?.status)) continue;
    await analyse(own, experiment, names);
  }
}

/** Links in what has ended elsewhere. */
async function link(runs: readonly AskedRun[], { folder, known }: ReproduceOptions): Promise<void> {
  const siblings = await siblingSweeps(folder);
  for (const { name } of runs) {
    const target = runFolder(folder, name);
    const own = await readSummary(target).catch(() => null);
    if (hasEnded(own?.status)) continue;
    for (const from of [...siblings.map((each) => runFolder(each, name)), known?.get(name)]) {
      if (from === undefined || resolve(from) === resolve(target)) continue;
      if ((await takeRun(from, target)) !== null) break;
    }
  }
}
