import { kaplanMeier, type Survival, survivalOfRun, transitionOf } from "@grok/metrics/statistics";
import type { Setting } from "../state/setting";
import type { RunState, SweepState } from "../state/sweep-state";

/** Runs that differ in their seed only. */
export interface SweepPoint {
  /** What the runs are set to, by axis, without the seed. */
  readonly settings: Record<string, Setting>;
  readonly runs: RunState[];
  /** How many of them grokked. */
  readonly grokked: number;
  /** How many of those that grokked learned at once, with no delay after memorising (`transitionOf`). */
  readonly atOnce: number;
  /** How many of those that grokked were below the threshold again when they ended. */
  readonly forgotten: number;
  /** How many of them failed, as when their loss left the finite numbers. */
  readonly failed: number;
  /** The Kaplan–Meier median of t_grok, with its interval; null as far as there is none. */
  readonly median: number | null;
  readonly interval: readonly [low: number | null, high: number | null];
}

/** A sweep's axes without the seed. */
export function pointAxes({ axes }: Pick<SweepState, "axes">): string[] {
  return axes.filter((axis) => axis !== "seed");
}

/**
 * The runs of a sweep by what they are set to on some of its axes. Runs that have made no step yet say
 * nothing of grokking and are left out. Those that failed are not: a point at which five of six seeds
 * diverge is not one at which all seeds do well.
 *
 * @param axes default all but the seed
 */
export function sweepPoints(state: SweepState, axes = pointAxes(state)): SweepPoint[] {
  const groups = new Map<string, { settings: Record<string, Setting>; runs: RunState[] }>();
  for (const run of state.runs) {
    if (!hasBegun(run)) continue;
    const settings = Object.fromEntries(axes.map((axis) => [axis, run.settings[axis] ?? null]));
    const key = JSON.stringify(settings);
    const group = groups.get(key) ?? { settings, runs: [] };
    group.runs.push(run);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ settings, runs }) => {
    const { median, medianInterval, events } = kaplanMeier(runs.map(survivalOf));
    const failed = runs.filter(hasFailed).length;
    const atOnce = runs.filter(isAtOnce).length;
    const forgotten = runs.filter(({ t_ungrok }) => t_ungrok !== undefined).length;
    const counts = { grokked: events, atOnce, forgotten, failed };
    return { settings, runs, ...counts, median, interval: medianInterval };
  });
}

/** Whether a run says anything: it has made a step, or failed at it. */
export function hasBegun({ state, step }: Pick<RunState, "state" | "step">): boolean {
  return state === "failed" || (state !== "waiting" && step > 0);
}

/**
 * A run as survival data: when it grokked, or until when it was watched without. A run that failed
 * counts as one that never got there in all the steps that it had.
 */
export function survivalOf(run: Pick<RunState, "t_grok" | "step" | "steps" | "state">): Survival {
  return survivalOfRun({ ...run, hasFailed: hasFailed(run), planned: run.steps });
}

/** Whether a run generalised with no delay after memorising: what it shows is not grokking. */
export function isAtOnce(run: Pick<RunState, "t_mem" | "t_grok">): boolean {
  return transitionOf(run) === "at once";
}

/** Whether a run failed before it grokked. */
export function hasFailed({ state, t_grok }: Pick<RunState, "state" | "t_grok">): boolean {
  return state === "failed" && t_grok === null;
}
