import { kaplanMeier } from "@grok/metrics";
import { group } from "d3-array";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { FigureRun } from "../result/figure-run";
import { orderTest } from "./order-test";
import type { Measured, Quantity, Unit } from "./quantity";
import { type Extent, type Verdict, worst } from "./verdict";

/** What is said of one quantity. */
export interface QuantityVerdict {
  readonly name: string;
  readonly unit: Unit;
  readonly verdict: Verdict;
  readonly extent: Extent;
  readonly published: string;
  readonly band: readonly [number, number] | null;
  readonly because: string;
  /** The statistic that is judged, of an order the share of pairs that stand as published; null where the runs give none. */
  readonly ours: number | null;
  /** The least and the greatest value of a run. */
  readonly range: readonly [number, number] | null;
  /** Runs that have a value. */
  readonly runs: number;
  /** Runs of these in which it had not happened when they ended. */
  readonly never: number;
  /** How the verdict comes about, as a sentence. */
  readonly reason: string;
}

/** What is said of a figure. */
export interface FigureVerdict {
  readonly id: string;
  readonly verdict: Verdict;
  readonly extent: Extent;
  /** Runs of the full set that are there. */
  readonly done: number;
  readonly of: number;
  readonly quantities: readonly QuantityVerdict[];
}

/**
 * Judges a figure by the runs that have ended. Where all of a quantity's runs are there, or at least
 * those of `--quick`, it is judged on all that there are; else it is not.
 */
export function judge(figure: Figure, runs: readonly FigureRun[]): FigureVerdict {
  const names = new Set(runs.map(({ name }) => name));
  const full = figureRuns(figure);
  const asked = new Set(full.map(({ name }) => name));
  const quantities = figure.quantities.map((quantity) => {
    const extent = extentOf(figure, quantity, names);
    const own = runs.filter(({ arm }) => quantity.arms.includes(arm));
    return judgeQuantity(quantity, own, extent);
  });
  const isWaiting = (quantity: Quantity) =>
    quantity.arms.some((name) => figure.arms.find((arm) => arm.name === name)?.quick === null);
  const done = [...asked].filter((name) => names.has(name)).length;
  const judged = quantities.filter(({ extent }) => extent === "full" || extent === "quick");
  const missing = quantities.filter(
    ({ verdict }, i) =>
      (verdict === "partly run" || verdict === "not yet run") &&
      !isWaiting(figure.quantities[i] as Quantity),
  );
  const isJudged = judged.length > 0 && missing.length === 0;
  return {
    id: figure.id,
    verdict: isJudged
      ? worst(judged.map(({ verdict }) => verdict))
      : done === 0
        ? "not yet run"
        : "partly run",
    extent: isJudged ? (done === asked.size ? "full" : "quick") : done === 0 ? "none" : "partly",
    done,
    of: asked.size,
    quantities,
  };
}

function extentOf(figure: Figure, { arms }: Quantity, names: ReadonlySet<string>): Extent {
  const own = figure.arms.filter(({ name }) => arms.includes(name));
  const isThere = ({ name }: { name: string }) => names.has(name);
  const full = figureRuns({ arms: own });
  if (full.every(isThere)) return "full";
  if (!full.some(isThere)) return "none";
  if (own.some(({ quick }) => quick === null)) return "partly";
  return figureRuns({ arms: own }, true).every(isThere) ? "quick" : "partly";
}

function judgeQuantity(
  quantity: Quantity,
  runs: readonly FigureRun[],
  extent: Extent,
): QuantityVerdict {
  const { name, published, inconsistent } = quantity;
  const found = evaluate(quantity, runs);
  const common = {
    name,
    unit: quantity.kind === "order" ? ("pairs" as const) : quantity.unit,
    extent,
    published: published.text,
    band: published.band,
    because: published.because,
    ours: found.ours,
    range: found.range,
    runs: found.runs,
    never: found.never,
  };
  if (extent === "none") {
    return { ...common, verdict: "not yet run", reason: "None of its runs has ended." };
  }
  if (extent === "partly") {
    return {
      ...common,
      verdict: "partly run",
      reason: "Too few of its runs have ended to judge it.",
    };
  }
  if (found.agrees === null) {
    return published.band === null && quantity.kind !== "order"
      ? { ...common, verdict: "nothing published", reason: found.reason }
      : { ...common, verdict: "partly run", reason: found.reason };
  }
  if (found.agrees) return { ...common, verdict: "reproduced", reason: found.reason };
  return inconsistent === undefined
    ? { ...common, verdict: "not reproduced", reason: found.reason }
    : {
        ...common,
        verdict: "published figure inconsistent",
        reason: `${found.reason} ${inconsistent}`,
      };
}

interface Found extends Pick<QuantityVerdict, "ours" | "range" | "runs" | "never" | "reason"> {
  /** Null where that cannot be said. */
  agrees: boolean | null;
}

function evaluate(quantity: Quantity, runs: readonly FigureRun[]): Found {
  if (quantity.kind === "joint") {
    const found = runs.length === 0 ? null : quantity.of(runs);
    const { band } = quantity.published;
    const own = { ours: found?.value ?? null, range: null, runs: runs.length, never: 0 };
    if (found === null) {
      return { ...own, agrees: null, reason: "The runs that have ended do not give it." };
    }
    const error = found.error === undefined ? "" : ` ± ${short(found.error)}`;
    return { ...own, ...compare(found.value, band, `${short(found.value)}${error}`) };
  }
  const values = runs.flatMap((run) => {
    const measured = quantity.of(run);
    return measured === null ? [] : [{ run, measured }];
  });
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

/** A band in words. */
export function bandText([low, high]: readonly [number, number]): string {
  if (high === Number.POSITIVE_INFINITY) return `${short(low)} or more`;
  if (low === Number.NEGATIVE_INFINITY) return `${short(high)} or less`;
  return low === high ? short(low) : `${short(low)} to ${short(high)}`;
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

/** Four digits of a small number, all of a whole one; only what is 1 reads 1. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) || Math.abs(value) >= 1000) {
    return Math.round(value).toLocaleString("en-US");
  }
  const text = String(Number(value.toPrecision(4)));
  return text === "1" && value < 1 ? "0.9999" : text;
}
