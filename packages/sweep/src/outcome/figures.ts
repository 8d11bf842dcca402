import { scoreOf } from "@grok/metrics";
import { alignRuns, curveBand, powerLaw } from "@grok/metrics/statistics";
import type { EvaluationRecord } from "@grok/train";
import type { Setting } from "../state/setting";
import type { SweepState } from "../state/sweep-state";
import { middle } from "./middle";
import { hasFailed, isAtOnce, pointAxes, type SweepPoint, survivalOf, sweepPoints } from "./points";
import { spaced } from "./spaced";
import { phrase, settingsInWords, short, words } from "./words";

/** As many lines as a figure can tell apart. */
const maxSeries = 5;

/** How much an axis must span for its scale to be logarithmic. */
const logSpan = 4;

/**
 * The figures of a sweep that its states alone give, as SVG by name: the phase diagram over its first
 * two axes, and the time to grok against each axis of numbers. Those that a sweep of its kind does
 * not have are left out. @grok/plot is loaded when something is drawn.
 */
export async function sweepFigures(state: SweepState): Promise<Record<string, string>> {
  const figures: Record<string, string> = {};
  const axes = pointAxes(state);
  const [x, y] = axes;
  const points = sweepPoints(state);
  if (points.length === 0) return figures;
  const title = state.title ?? undefined;
  if (x !== undefined && y !== undefined) {
    const others = axes.slice(2);
    const { phaseDiagram } = await import("@grok/plot");
    figures["phase-diagram"] = phaseDiagram(
      sweepPoints(state, [x, y]).map(({ settings, median, grokked, atOnce, failed, runs }) => ({
        x: coordinate(settings[x]),
        y: coordinate(settings[y]),
        median,
        grokked,
        atOnce,
        failed,
        runs: runs.length,
      })),
      {
        title,
        subtitle: subtitleOf(state, others),
        xLabel: words(x),
        yLabel: words(y),
        steps: Math.max(...state.runs.map(({ steps }) => steps)),
      },
    );
  }
  for (const axis of axes) {
    const figure = await timesAlong(state, axis, points);
    if (figure !== null) figures[`t-grok-by-${axis}`] = figure;
  }
  return figures;
}

/** Time to grok against one axis; null if it has fewer than three numbers. */
async function timesAlong(
  state: SweepState,
  axis: string,
  points: readonly SweepPoint[],
): Promise<string | null> {
  const values = points.flatMap(({ settings }) => {
    const value = settings[axis];
    return typeof value === "number" ? [value] : [];
  });
  if (new Set(values).size < 3) return null;
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const isLog = least > 0 && greatest / least >= logSpan;
  const [other] = pointAxes(state).filter((each) => each !== axis);
  const rest = pointAxes(state).filter((each) => each !== axis && each !== other);
  const along = sweepPoints(state, other === undefined ? [axis] : [axis, other]);
  const ofOther = other === undefined ? [] : along.map(({ settings }) => settings[other]);
  const all = [...new Set(ofOther)];
  const groups = other === undefined ? [null] : spaced(all, maxSeries);
  const part =
    other === undefined || groups.length === all.length
      ? undefined
      : `${groups.length} of ${all.length} values of ${phrase(other)} shown`;
  const series = groups.map((group) => {
    const own = along.filter(
      ({ settings }) =>
        typeof settings[axis] === "number" && (other === undefined || settings[other] === group),
    );
    const runs = own.flatMap(({ settings, runs: each }) =>
      each.map((run) => ({ x: settings[axis] as number, ...survivalOf(run) })),
    );
    const law = least > 0 ? powerLaw(runs) : null;
    return {
      label: other === undefined ? "runs" : `${phrase(other)} ${short(group ?? null)}`,
      points: own
        .map((point) => ({
          x: point.settings[axis] as number,
          median: point.median,
          interval: point.interval,
          runs: point.runs.map((run) => {
            const { time, happened } = survivalOf(run);
            return { time, grokked: happened, failed: hasFailed(run) };
          }),
        }))
        .sort((a, b) => a.x - b.x),
      law: law && { factor: law.factor, exponent: law.exponent, error: law.exponentError },
    };
  });
  const { grokTimeFigure } = await import("@grok/plot");
  return grokTimeFigure(
    series.filter((each) => each.points.length > 0),
    {
      title: state.title ?? undefined,
      subtitle: subtitleOf(state, rest, part),
      xLabel: isLog ? `${words(axis)} (log scale)` : words(axis),
      xScale: isLog ? "log" : "linear",
    },
  );
}

/** A point of a sweep with the evaluations of each of its runs. */
export interface PointCurves {
  readonly point: SweepPoint;
  readonly records: readonly (readonly (Pick<EvaluationRecord, "step" | "val_acc"> &
    Partial<Pick<EvaluationRecord, "val_explained">>)[])[];
}

/**
 * The points whose seeds are worth a look: of those with several runs and at least half of them
 * grokked, the fastest, the slowest and one between.
 */
export function telling(state: SweepState): SweepPoint[] {
  const able = sweepPoints(state)
    .filter(({ runs, median }) => runs.length >= 2 && median !== null)
    .sort((a, b) => (a.median as number) - (b.median as number));
  const whole = able.filter(({ grokked, runs }) => grokked === runs.length);
  const from = whole.length >= 3 ? whole : able;
  if (from.length <= 3) return from;
  return [0, Math.floor((from.length - 1) / 2), from.length - 1].map((i) => from[i] as SweepPoint);
}

/** Validation accuracy, or explained variance, over the seeds of some points, over steps and aligned at t_grok. */
export async function seedCurves(
  state: SweepState,
  points: readonly PointCurves[],
  threshold: number,
): Promise<string> {
  const areValues = points.some(({ records }) =>
    records.some((run) => run.some(({ val_explained }) => val_explained !== undefined)),
  );
  const { seedsFigure } = await import("@grok/plot");
  return seedsFigure(
    points.map(({ point, records }) => {
      const all = records.map((each) =>
        each.map((record) => ({ step: record.step, value: scoreOf(record, "val") })),
      );
      const { curves: aligned, without } = alignRuns(
        all.map((own, i) => ({ points: own, at: point.runs[i]?.t_grok ?? null })),
      );
      // A run that failed before its first evaluation has no curve, and counts all the same.
      const curves = all.filter((own) => own.length > 0);
      const label = settingsInWords(point.settings);
      return {
        label: label || "runs",
        overSteps: curveBand(curves, { afterEnd: "last" }),
        aligned: aligned.length === 0 ? [] : middle(curveBand(aligned), aligned.length),
        runs: all.length,
        without,
        failed: point.failed,
      };
    }),
    {
      title: state.title ?? undefined,
      subtitle: subtitleOf(state, []),
      threshold,
      valueLabel: areValues ? "Explained variance of the validation targets (%)" : undefined,
    },
  );
}

function subtitleOf({ runs }: SweepState, pooled: readonly string[], shown?: string): string {
  const grokked = runs.filter(({ t_grok }) => t_grok !== null).length;
  const failed = runs.filter(hasFailed).length;
  const atOnce = runs.filter(isAtOnce).length;
  const quick = atOnce === 0 ? "" : ` (${atOnce} at once)`;
  const without = failed === 0 ? "" : `, ${failed} failed`;
  const parts = [`${runs.length} runs, of which ${grokked} grokked${quick}${without}`];
  if (pooled.length > 0) parts.push(`over all values of ${pooled.map(phrase).join(", ")}`);
  if (shown !== undefined) parts.push(shown);
  return parts.join(" · ");
}

function coordinate(value: Setting | undefined): number | string {
  return typeof value === "number" ? value : String(value ?? "none");
}
