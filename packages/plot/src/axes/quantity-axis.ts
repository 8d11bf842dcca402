import { ticks as linearTicks } from "d3-array";
import type { Axis } from "./axis";
import { logTicks } from "./log-ticks";
import { powerOfTen, shortCount } from "./number-format";

/** How a quantity's axis is made. */
export interface QuantityAxisOptions {
  /** What is measured, with its unit. */
  readonly label: string;
  /** Default "linear". On a logarithmic axis a value ≤ 0 has no place and is left out. */
  readonly scale?: "linear" | "log";
  /** Values that the axis reaches at least, e.g. 0. */
  readonly include?: readonly number[];
  /** Labelled ticks wanted; default 5. */
  readonly ticks?: number;
}

/** Room above and below the values, as a share of the axis. */
const ROOM = 0.05;

/** The axis of any quantity, as wide as its finite values. */
export function quantityAxis(
  values: Iterable<number>,
  { label, scale = "linear", include = [], ticks: wanted = 5 }: QuantityAxisOptions,
): Axis {
  const isLog = scale === "log";
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const part of [values, include]) {
    for (const value of part) {
      if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }
  if (least > greatest) [least, greatest] = isLog ? [0.1, 10] : [0, 1];
  if (isLog) {
    const [low, high] = widened(Math.log10(least), Math.log10(greatest), 1);
    const domain = [10 ** low, 10 ** high] as const;
    const { major, minor } = logTicks(...domain, wanted);
    const isPlain = major.every((tick) => tick >= 0.009 && tick < 100_001);
    return { type: "log", domain, major, minor, format: isPlain ? shortCount : powerOfTen, label };
  }
  // A flat curve shows as one: noise is not blown up.
  const domain = widened(
    least,
    greatest,
    1e-3 * Math.max(Math.abs(least), Math.abs(greatest), 1e-6),
  );
  const major = linearTicks(...domain, wanted);
  return { type: "linear", domain, major, minor: [], format: signed, label };
}

function widened(least: number, greatest: number, atLeast: number): [number, number] {
  const missing = Math.max(0, atLeast - (greatest - least)) / 2;
  const room = ROOM * (greatest - least + 2 * missing);
  return [least - missing - room, greatest + missing + room];
}

function signed(value: number): string {
  return shortCount(Number(value.toPrecision(10))).replace("-", "−");
}
