import { curveBand } from "@grok/metrics/statistics";
import type { BandStep, ComparedCurve } from "@grok/plot";
import { type FigureRun, valueAt } from "../result/figure-run";
import { thinned } from "../result/thin";

/**
 * A column over the seeds of some runs as a curve with its band: median and quartiles, at steps that
 * all have. A run that has ended counts with its last value.
 *
 * @param scale what a step is divided by, e.g. steps per epoch
 */
export function bandOver(
  runs: readonly FigureRun[],
  column: string,
  label: string,
  scale = 1,
): ComparedCurve {
  const curves = runs.map((run) =>
    // A recorded run was thinned when it was recorded.
    (run.values === undefined ? thinned(run, [column]) : run.records).map((record) => ({
      step: record.step / scale,
      value: valueAt(record, column),
    })),
  );
  const all = curves.filter((curve) => curve.length > 0);
  const points =
    all.length === 0
      ? []
      : curveBand(all, { afterEnd: "last" }).filter((point) => point.runs === all.length);
  return { label: `${label} (N = ${all.length})`, points };
}

/** Published points as a curve. */
export function publishedCurve(
  label: string,
  points: readonly (readonly [step: number, value: number])[],
): ComparedCurve {
  const steps: BandStep[] = points.map(([step, value]) => ({
    step,
    center: value,
    low: value,
    high: value,
  }));
  return { label, points: steps, isPublished: true };
}
