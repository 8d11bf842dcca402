import { predictionInterval, signTest } from "@grok/metrics/statistics";
import type { FigureRun } from "../result/figure-run";
import { type Found, nothing } from "./found";
import type { Measured } from "./measured";
import { medianOf, middle } from "./median";
import { bandText, chanceText, short } from "./number-text";
import { evaluateOrder, level } from "./order";
import {
  type DirectionQuantity,
  type JointQuantity,
  measuredOf,
  type Quantity,
  type RunQuantity,
  type Valued,
} from "./quantity";

/** Computes a quantity from runs, and compares it with its band, its direction or its order. */
export function evaluate(quantity: Quantity, runs: readonly FigureRun[]): Found {
  const values = runs.flatMap((run): Valued[] => {
    const measured = measuredOf(quantity, run);
    return measured === null ? [] : [{ run, measured }];
  });
  if (values.length === 0) return nothing;
  const counts = {
    ...nothing,
    runs: values.length,
    never: values.filter(({ measured }) => !measured.happened).length,
  };
  if (quantity.kind === "joint") return { ...counts, ...evaluateJoint(quantity, values) };
  if (quantity.kind === "order") return { ...counts, ...evaluateOrder(quantity, values) };
  const seen = values.map(({ measured }) => measured);
  const own = { ...counts, range: rangeOf(seen) };
  if (quantity.kind === "direction") return { ...own, ...evaluateDirection(quantity, seen) };
  return { ...own, ...evaluateRuns(quantity, seen) };
}

function evaluateJoint(
  { over, published }: JointQuantity,
  values: readonly Valued[],
): Partial<Found> {
  const found = over(values);
  if (found === null) return { reason: "The runs that have ended do not give it." };
  const { value, error, degrees, interval } = found;
  const parts = [
    error === undefined ? "" : ` ± ${short(error)}`,
    degrees === undefined
      ? ""
      : ` (standard error, ${degrees} degree${degrees === 1 ? "" : "s"} of freedom)`,
  ];
  return {
    ours: value,
    error: error ?? null,
    degrees: degrees ?? null,
    interval: interval ?? null,
    ...compare(value, published.band, `${short(value)}${parts.join("")}`),
  };
}

function evaluateDirection(_: DirectionQuantity, seen: readonly Measured[]): Partial<Found> {
  const { rising, falling, p } = signTest(seen.map(({ value }) => value));
  const text = `It rises in ${rising} of ${rising + falling} runs, ${chanceText(p, true)} by the sign test`;
  return {
    ours: medianOf(seen),
    chance: { p, isExact: true },
    agrees: p <= level,
    reason: `${text}.`,
  };
}

function evaluateRuns(quantity: RunQuantity, seen: readonly Measured[]): Partial<Found> {
  const { band } = quantity.published;
  const { statistic = "median" } = quantity;
  const numbers = seen.map(({ value }) => value);
  if (statistic !== "median") {
    const value =
      statistic === "mean"
        ? numbers.reduce((sum, each) => sum + each, 0) / numbers.length
        : Math[statistic === "greatest" ? "max" : "min"](...numbers);
    return { ours: value, ...compare(value, band, short(value)) };
  }
  const median = medianOf(seen);
  if (median !== null) {
    return { ours: median, ...compare(median, band, short(median)), ...outside(quantity, seen) };
  }
  // Fewer than half have got there: the median lies beyond what half of them were watched for.
  const watched = middle(numbers);
  const text = `More than half had not got there after ${short(watched)}`;
  if (band === null) return { reason: `${text}.` };
  const isBeyond = watched >= band[1];
  return {
    agrees: isBeyond ? false : null,
    reason: isBeyond ? `${text}, beyond the band.` : `${text}, which is too short to tell.`,
  };
}

/** Whether the published value is beyond all of ours, and where one more of ours would be expected. */
function outside(
  { published: { value }, unit }: RunQuantity,
  seen: readonly Measured[],
): Partial<Found> {
  if (value === undefined || seen.length < 2 || seen.some(({ happened }) => !happened)) return {};
  const numbers = seen.map((each) => each.value);
  if (value >= Math.min(...numbers) && value <= Math.max(...numbers)) return {};
  const isLogarithmic = unit !== "share" && numbers.every((each) => each > 0);
  return { isOutside: true, prediction: predictionInterval(numbers, { isLogarithmic }) };
}

function compare(
  value: number,
  band: readonly [number, number] | null,
  text: string,
): Pick<Found, "agrees" | "reason"> {
  if (band === null) return { agrees: null, reason: `Ours is ${text}.` };
  const [low, high] = band;
  const agrees = value >= low && value <= high;
  return {
    agrees,
    reason: `${text} lies ${agrees ? "within" : "outside of"} ${bandText(band)}.`,
  };
}

/** What never happened lies beyond everything that did, however short it was watched. */
function rangeOf(seen: readonly Measured[]): readonly [Measured, Measured] {
  const order = [...seen].sort(
    (a, b) => Number(b.happened) - Number(a.happened) || a.value - b.value,
  );
  return [order[0] as Measured, order.at(-1) as Measured];
}
