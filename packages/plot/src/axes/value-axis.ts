import type { Axis } from "./axis";
import { logTicks } from "./log-ticks";
import { powerOfTen } from "./number-format";

/** Accuracy in percent, 0 to 100, with a little room so that a curve at either end is seen. */
export function accuracyAxis(): Axis {
  return {
    type: "linear",
    domain: [-2, 102],
    major: [0, 20, 40, 60, 80, 100],
    minor: [],
    format: String,
    label: "Accuracy (%)",
  };
}

// Room above and below a loss curve, as a share of the axis in decades.
const ROOM = 0.04;

/**
 * Cross-entropy in nats on a logarithmic axis that holds all values. A value ≤ 0 has no place on it
 * and is left out; with none above 0 the axis goes from 0.1 to 10.
 */
export function lossAxis(values: Iterable<number>): Axis {
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (const value of values) {
    if (!(value > 0 && Number.isFinite(value))) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  if (greatest === 0) [least, greatest] = [0.1, 10];
  let low = Math.log10(least);
  let high = Math.log10(greatest);
  // At least a decade, so that noise on a flat curve is not blown up.
  const missing = Math.max(0, 1 - (high - low));
  low -= missing / 2;
  high += missing / 2;
  const room = ROOM * (high - low);
  const domain = [10 ** (low - room), 10 ** (high + room)] as const;
  const { major, minor } = logTicks(...domain);
  const plain = major.every((tick) => tick >= 0.009 && tick < 1001);
  return {
    type: "log",
    domain,
    major,
    minor,
    format: plain ? (tick) => String(Number(tick.toPrecision(6))) : powerOfTen,
    label: "Cross-entropy loss (nats, log scale)",
  };
}
