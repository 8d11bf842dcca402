import type { CurvePoint } from "./curve-band";

/** A run's curve, and the step at which it is to be aligned with others. */
export interface AlignableRun {
  readonly points: readonly CurvePoint[];
  /** E.g. t_grok; null if it never came. */
  readonly at: number | null;
}

/** Curves on a common axis. */
export interface AlignedRuns {
  /** Steps are from the event on, or as multiples of its step. */
  readonly curves: CurvePoint[][];
  /** How many runs have no such event and so cannot be aligned: to be told with every figure. */
  readonly without: number;
}

/**
 * Curves of several seeds aligned at an event such as t_grok, so that what happens before and after
 * it is not smeared by the spread of its time.
 *
 * @param axis `difference`: step − at; `ratio`: step / at. Default `difference`
 * @throws RangeError for an event at a step that is not finite, or not above 0 for a ratio
 *
 * @example
 * const { curves, without } = alignRuns(runs.map(({ points, t_grok }) => ({ points, at: t_grok })));
 * const band = curveBand(curves); // step 0 is t_grok
 */
export function alignRuns(
  runs: readonly AlignableRun[],
  axis: "difference" | "ratio" = "difference",
): AlignedRuns {
  const curves: CurvePoint[][] = [];
  for (const { points, at } of runs) {
    if (at === null) continue;
    if (!Number.isFinite(at) || (axis === "ratio" && at <= 0)) {
      throw new RangeError(`runs cannot be aligned at step ${at} by ${axis}`);
    }
    curves.push(
      points.map(({ step, value }) => ({
        step: axis === "difference" ? step - at : step / at,
        value,
      })),
    );
  }
  return { curves, without: runs.length - curves.length };
}
