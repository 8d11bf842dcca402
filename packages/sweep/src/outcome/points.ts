import { kaplanMeier, type Survival } from "@grok/metrics";
import type { Setting } from "../state/setting";
import type { RunState, SweepState } from "../state/sweep-state";

/** Runs that differ in their seed only. */
export interface SweepPoint {
  /** What the runs are set to, by axis, without the seed. */
  readonly settings: Record<string, Setting>;
  readonly runs: RunState[];
  /** How many of them grokked. */
  readonly grokked: number;
  /** The Kaplan–Meier median of t_grok, with its interval; null as far as there is none. */
  readonly median: number | null;
  readonly interval: readonly [low: number | null, high: number | null];
}

/** A sweep's axes without the seed. */
export function pointAxes({ axes }: Pick<SweepState, "axes">): string[] {
  return axes.filter((axis) => axis !== "seed");
}

/**
 * The runs of a sweep by what they are set to on some of its axes. Runs that have made no step, and
 * those that failed, say nothing of grokking and are left out.
 *
 * @param axes default all but the seed
 */
export function sweepPoints(state: SweepState, axes = pointAxes(state)): SweepPoint[] {
  const groups = new Map<string, { settings: Record<string, Setting>; runs: RunState[] }>();
  for (const run of state.runs) {
    if (run.state === "failed" || run.state === "waiting" || run.step === 0) continue;
    const settings = Object.fromEntries(axes.map((axis) => [axis, run.settings[axis] ?? null]));
    const key = JSON.stringify(settings);
    const group = groups.get(key) ?? { settings, runs: [] };
    group.runs.push(run);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ settings, runs }) => {
    const { median, medianInterval, events } = kaplanMeier(runs.map(survivalOf));
    return { settings, runs, grokked: events, median, interval: medianInterval };
  });
}

/** A run as survival data: when it grokked, or until when it was watched without. */
export function survivalOf({ t_grok, step }: Pick<RunState, "t_grok" | "step">): Survival {
  return { time: t_grok ?? step, happened: t_grok !== null };
}
