import { clockPizzaMeasures } from "./clock-pizza-measures";
import { learningCoefficientMeasure } from "./learning-coefficient-measure";
import type { Measure, MeasureValues } from "./measure";
import { numericsMeasures } from "./numerics-measures";
import { orderParameterMeasures } from "./order-parameter-measures";
import { progressMeasures } from "./progress-measures";
import { sharpnessMeasure } from "./sharpness-measure";
import type { RunContext, Snapshot } from "./snapshot";
import { subnetworkMeasure } from "./subnetwork-measure";
import { targetAlignmentMeasure } from "./target-alignment-measure";

/** Every measure, in the order of a help text. */
export const measures: readonly Measure[] = [
  ...progressMeasures,
  ...orderParameterMeasures,
  ...numericsMeasures,
  sharpnessMeasure,
  learningCoefficientMeasure,
  subnetworkMeasure,
  targetAlignmentMeasure,
  ...clockPizzaMeasures,
];

/** What {@link selectMeasures} gives. */
export interface SelectedMeasures {
  readonly measures: readonly Measure[];
  /** Those of a group that this run cannot have, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Whether a name asks for a measure: its own, its group's, `default` if it is cheap, or `all` if it is
 * not extreme.
 */
function isNamed({ name, group, cost }: Measure, asked: string): boolean {
  return (
    asked === name ||
    asked === group ||
    (asked === "all" && cost !== "extreme") ||
    (asked === "default" && cost === "cheap")
  );
}

/**
 * The measures that names ask for: names of measures, of groups, `default` (all that are cheap), or
 * `all` (except what is extreme). Of a group those that the run cannot have are skipped; one that is
 * asked for by its own name must be possible.
 *
 * @param among what there is to choose from; default the built-in {@link measures}
 * @throws RangeError for an unknown name, or a measure by name that the run cannot have
 *
 * @example
 * selectMeasures(["progress", "rqi"], facts).measures.map(({ name }) => name);
 */
export function selectMeasures(
  names: readonly string[],
  context: RunContext,
  among: readonly Measure[] = measures,
): SelectedMeasures {
  const chosen = new Set<Measure>();
  const skipped: { name: string; reason: string }[] = [];
  for (const name of names) {
    const own = among.find((measure) => measure.name === name);
    const found = own === undefined ? among.filter((measure) => isNamed(measure, name)) : [own];
    if (found.length === 0) {
      const groups = [...new Set(among.map(({ group }) => group))];
      const all = ["all", "default", ...groups, ...among.map((measure) => measure.name)];
      throw new RangeError(
        `there is no measure ${name}: allowed are ${[...new Set(all)].join(", ")}`,
      );
    }
    for (const measure of found) {
      const reason = measure.unavailable(context);
      if (reason === null) {
        chosen.add(measure);
      } else if (own !== undefined) {
        throw new RangeError(`this run cannot have the measure ${name}: ${reason}`);
      } else if (!skipped.some((other) => other.name === measure.name)) {
        skipped.push({ name: measure.name, reason });
      }
    }
  }
  return { measures: among.filter((measure) => chosen.has(measure)), skipped };
}

/**
 * All columns of some measures of a network at one moment.
 *
 * @throws RangeError if weights or logits are not finite, or do not fit the facts of the run
 */
export async function computeMeasures(
  chosen: readonly Measure[],
  snapshot: Snapshot,
): Promise<MeasureValues> {
  const values: MeasureValues = {};
  for (const measure of chosen) Object.assign(values, await measure.compute(snapshot));
  return values;
}
