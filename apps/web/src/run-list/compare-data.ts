import { bandOf, runCounts } from "@grok/plot";
import type { EvaluationRecord } from "@grok/train";
import { drawable, quantityOf } from "../curves/columns";
import type { Band, ChartData, Curve, Quantity } from "../curves/curve";
import type { Group } from "./groups";

/** Colours and dashes of groups, which repeat after four colours times three dashes. */
const colors = ["--val", "--train-mark", "--third", "--fourth"];
const dashes = [undefined, [8, 3], [2, 3]];

/**
 * A curve for each group: a run's own, or of several seeds the median between the least and the
 * greatest value. Of a band only steps at which every run has a value that had not ended are drawn: a run that was
 * stopped early does not cut the others.
 */
export function compareData(
  groups: readonly Group[],
  records: ReadonlyMap<string, readonly EvaluationRecord[]>,
  column: string,
): ChartData {
  const drawn = groups.flatMap(({ name, runs }, i) => {
    const each = runs.flatMap(({ id }) => {
      const own = records.get(id) ?? [];
      return own.length === 0 ? [] : [own];
    });
    if (each.length === 0) return [];
    const band = bandOf(each, column, { quantiles: [0, 1], minRuns: "running" }, "compareData");
    const isBand = each.length > 1;
    const counts = runCounts(each);
    const of = counts.includes(" ") ? `seeds: ${counts}` : `${counts} seeds`;
    const seeds = isBand ? ` (median and range of ${of})` : "";
    return [{ name: `${name}${seeds}`, band, isBand, color: colors[i % 4] as string, order: i }];
  });
  const steps = [...new Set(drawn.flatMap(({ band }) => [...band.steps]))].sort((a, b) => a - b);
  const curves: Curve[] = [];
  const bands: Band[] = [];
  const quantity = quantityOf(column);
  for (const { name, band, isBand, color, order } of drawn) {
    const valuesOf = (values: Float64Array) => along(steps, band.steps, values, quantity);
    const dash = dashes[Math.floor(order / 4) % 3];
    if (isBand) {
      bands.push({ between: [curves.length, curves.length + 1], color });
      curves.push({ name: "", color, width: 0, values: valuesOf(band.high) });
      curves.push({ name: "", color, width: 0, values: valuesOf(band.low) });
    }
    curves.push({ name, color, width: 2.25, dash, values: valuesOf(band.center) });
  }
  return { steps, curves, bands };
}

/** Values at their own steps, spread over all steps; null if there is none that can be drawn. */
function along(
  steps: readonly number[],
  own: Float64Array,
  values: Float64Array,
  quantity: Quantity,
): (number | null)[] {
  const at = new Map(Array.from(own, (step, i) => [step, values[i] as number]));
  return steps.map((step) => drawable(quantity, at.get(step)));
}
