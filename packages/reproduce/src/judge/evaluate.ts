import { kaplanMeier } from "@grok/metrics";
import { group } from "d3-array";
import type { FigureRun } from "../result/figure-run";
import { bandText, short } from "./number-text";
import { orderTest } from "./order-test";
import { type Measured, measuredOf, type Quantity } from "./quantity";

/** What the runs say of a quantity. */
export interface Found {
  /** The statistic that is judged, of an order the share of pairs that stand as published; null where the runs give none. */
  readonly ours: number | null;
  /** The least and the greatest value of a run. */
  readonly range: readonly [number, number] | null;
  /** Runs that have a value. */
  readonly runs: number;
  /** Runs of these in which it had not happened when they ended. */
  readonly never: number;
  /** Whether it agrees with what was published; null where that cannot be said. */
  readonly agrees: boolean | null;
  /** How that comes about, as a sentence. */
  readonly reason: string;
}

/** Computes a quantity from runs, and compares it with its band or its order. */
export function evaluate(quantity: Quantity, runs: readonly FigureRun[]): Found {
  const values = runs.flatMap((run) => {
    const measured = measuredOf(quantity, run);
    return measured === null ? [] : [{ run, measured }];
  });
  if (quantity.kind === "joint") {
    const found = values.length === 0 ? null : quantity.over(values);
    const { band } = quantity.published;
    const never = values.filter(({ measured }) => !measured.happened).length;
    const own = { ours: found?.value ?? null, range: null, runs: values.length, never };
    if (found === null) {
      return { ...own, agrees: null, reason: "The runs that have ended do not give it." };
    }
    const error = found.error === undefined ? "" : ` ± ${short(found.error)}`;
    return { ...own, ...compare(found.value, band, `${short(found.value)}${error}`) };
  }
  const seen = values.map(({ measured }) => measured);
  const own = {
    range: rangeOf(seen),
    runs: seen.length,
    never: seen.filter(({ happened }) => !happened).length,
  };
  if (seen.length === 0) {
    return { ...own, ours: null, agrees: null, reason: "No run has a value." };
  }
  if (quantity.kind === "order") return { ...own, range: null, ...orderOf(quantity, values) };
  const { band } = quantity.published;
  const { statistic = "median" } = quantity;
  if (statistic !== "median") {
    const numbers = seen.map(({ value }) => value);
    const value =
      statistic === "mean"
        ? numbers.reduce((sum, each) => sum + each, 0) / numbers.length
        : Math[statistic === "greatest" ? "max" : "min"](...numbers);
    return { ...own, ours: value, ...compare(value, band, short(value)) };
  }
  const median = medianOf(seen);
  if (median !== null) return { ...own, ours: median, ...compare(median, band, short(median)) };
  // Fewer than half have got there: the median lies beyond what half of them were watched for.
  const watched = middle(seen.map(({ value }) => value));
  const text = `more than half had not got there after ${short(watched)}`;
  if (band === null) return { ...own, ours: null, agrees: null, reason: `${capital(text)}.` };
  const isBeyond = watched >= band[1];
  return {
    ...own,
    ours: null,
    agrees: isBeyond ? false : null,
    reason: isBeyond
      ? `${capital(text)}, beyond the band.`
      : `${capital(text)}, which is too short to tell.`,
  };
}

function orderOf(
  quantity: Extract<Quantity, { kind: "order" }>,
  values: readonly { run: FigureRun; measured: Measured }[],
): Pick<Found, "ours" | "agrees" | "reason"> {
  const runs = values.flatMap(({ run, measured }) => {
    const place = quantity.group(run);
    const stratum = quantity.stratum?.(run) ?? "";
    return place === null ? [] : [{ ...place, measured, stratum }];
  });
  const test = orderTest(runs);
  if (test === null) return { ours: null, agrees: null, reason: "No two groups can be compared." };
  const { as, against, p, least } = test;
  const groups = [...group(runs, ({ place }) => place)]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => {
      const median = medianOf(own.map(({ measured }) => measured));
      return `${own[0]?.label} ${median === null ? "not reached" : short(median)} (N = ${own.length})`;
    });
  const text = `Medians: ${groups.join(", ")}. Of the pairs of runs that can be told apart ${as} of ${as + against} stand as published, p = ${p.toPrecision(2)}`;
  const share = as + against === 0 ? null : as / (as + against);
  if (least > level) {
    return { ours: share, agrees: null, reason: `${text}; so few runs cannot give p ≤ .05.` };
  }
  return { ours: share, agrees: p <= level, reason: `${text}.` };
}

/** The chance at which an order counts as seen. */
const level = 0.05;

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

/** The Kaplan–Meier median; the mean of the two in the middle where all happened and N is even. */
function medianOf(seen: readonly Measured[]): number | null {
  const values = seen.map(({ value }) => value);
  if (seen.every(({ happened }) => happened)) return middle(values);
  return kaplanMeier(seen.map(({ value, happened }) => ({ time: value, happened }))).median;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return ((sorted[low] as number) + (sorted[high] as number)) / 2;
}

function rangeOf(seen: readonly Measured[]): readonly [number, number] | null {
  const values = seen.map(({ value }) => value);
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
