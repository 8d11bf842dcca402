import type { EvaluationRecord } from "@grok/train";
import type { Setting } from "../state/setting";
import type { RunState, SweepState } from "../state/sweep-state";
import { type SweepPoint, sweepPoints } from "./points";

/** The axis of changes in mid-run. */
export const changeAxis = "change";

/** What of an evaluation decides how a run's curve goes. */
export type ScoredEvaluation = Pick<EvaluationRecord, "step" | "val_acc"> &
  Partial<Pick<EvaluationRecord, "val_explained">>;

/** A run of a sweep over changes, with its evaluations. */
export interface ChangedRun {
  readonly run: RunState;
  /** None of a run that failed before its first evaluation. */
  readonly records: readonly ScoredEvaluation[];
  /** The step of its first change; null of one that is never changed. */
  readonly changedAt: number | null;
}

/** Runs that are changed alike, one for each seed. */
export interface Future {
  readonly point: SweepPoint;
  /** What changes and when, as the sweep has it; null of runs that are never changed. */
  readonly change: string | null;
  /** When the first change is: a step, `t_mem` or `t_grok`; null of runs that are never changed. */
  readonly place: string | null;
  readonly runs: readonly ChangedRun[];
  /** How many seeds have no run, as they never came to the change. */
  readonly missing: number;
}

/** Futures of the same trunks. */
export interface Futures {
  /** What the runs are set to besides the change and the seed. */
  readonly settings: Record<string, Setting>;
  readonly futures: readonly Future[];
}

/** Whether a sweep is over changes in mid-run. */
export function hasFutures({ axes }: Pick<SweepState, "axes">): boolean {
  return axes.includes(changeAxis);
}

/**
 * The futures of a sweep over changes by the trunks that they share.
 *
 * @param runs all that have begun
 */
export function futuresOf(state: SweepState, runs: readonly ChangedRun[]): Futures[] {
  const byName = new Map(runs.map((each) => [each.run.name, each]));
  const groups = new Map<string, { settings: Futures["settings"]; futures: Future[] }>();
  for (const point of sweepPoints(state)) {
    const { [changeAxis]: text, ...settings } = point.settings;
    const key = JSON.stringify(settings);
    const group = groups.get(key) ?? { settings, futures: [] };
    const change = typeof text === "string" ? text : null;
    group.futures.push({
      point,
      change,
      place: placeOf(change),
      runs: point.runs.flatMap(({ name }) => byName.get(name) ?? []),
      missing: 0,
    });
    groups.set(key, group);
  }
  for (const { settings: all } of state.missing ?? []) {
    const { [changeAxis]: change = null, seed: _, ...settings } = all;
    const key = JSON.stringify(settings);
    const group = groups.get(key) ?? { settings, futures: [] };
    groups.set(key, {
      ...group,
      futures: withMissing(group.futures, { [changeAxis]: change, ...settings }),
    });
  }
  return [...groups.values()];
}

/** Futures with one seed more that never came to a change. */
function withMissing(futures: readonly Future[], settings: Record<string, Setting>): Future[] {
  const change = settings[changeAxis] ?? null;
  if (futures.some((each) => each.change === change)) {
    return futures.map((each) =>
      each.change === change ? { ...each, missing: each.missing + 1 } : each,
    );
  }
  const text = typeof change === "string" ? change : null;
  const none = { grokked: 0, atOnce: 0, forgotten: 0, failed: 0 };
  const point: SweepPoint = { settings, runs: [], ...none, median: null, interval: [null, null] };
  return [...futures, { point, change: text, place: placeOf(text), runs: [], missing: 1 }];
}

/** When a change is made: what stands before its colon. */
function placeOf(change: string | null): string | null {
  return change === null ? null : change.slice(0, Math.max(0, change.indexOf(":"))).trim();
}
