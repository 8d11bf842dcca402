import { ticks as linearTicks } from "d3-array";
import type { Axis } from "./axis";
import { logTicks } from "./log-ticks";
import { shortCount } from "./number-format";

/** How steps are spaced: by their logarithm or evenly. */
export type StepScale = "log" | "linear";

/** The axis of steps. On a logarithmic one, step 0 has a place of its own left of an axis break. */
export interface StepAxis extends Axis {
  /** The number that stands for a step on the axis. */
  readonly place: (step: number) => number;
  /** The value at which the axis is broken, if it is. */
  readonly breakAt?: number;
}

// Share of a logarithmic axis that lies between step 0 and the first step after it.
const ZERO_SHARE = 0.06;

/**
 * The axis for a set of steps.
 *
 * Linear: from 0 to the last step. Logarithmic (the default everywhere, after Power et al. 2022,
 * figures 1 and 4): from the first step above 0 to the last.
 *
 * @param steps finite, ≥ 0, any order
 */
export function stepAxis(steps: Iterable<number>, scale: StepScale): StepAxis {
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  let hasZero = false;
  for (const step of steps) {
    if (step > 0 && step < least) least = step;
    if (step > greatest) greatest = step;
    hasZero ||= step === 0;
  }

  if (scale === "linear") {
    const high = greatest > 0 ? greatest : 1;
    return {
      type: "linear",
      domain: [0, high],
      major: linearTicks(0, high, 6),
      minor: [],
      format: shortCount,
      label: "Optimization steps",
      place: (step) => step,
    };
  }

  const [low, high] = logRange(least, greatest);
  const zero = low * (high / low) ** -ZERO_SHARE;
  const { major, minor } = logTicks(low, high);
  return {
    type: "log",
    domain: [hasZero ? zero : low, high],
    major: hasZero ? [zero, ...major] : major,
    minor,
    format: (value) => (hasZero && value === zero ? "0" : shortCount(value)),
    label: "Optimization steps (log scale)",
    place: (step) => (step > 0 ? step : zero),
    breakAt: hasZero ? Math.sqrt(zero * low) : undefined,
  };
}

function logRange(least: number, greatest: number): [number, number] {
  if (greatest === 0) return [1, 10];
  return [least, least < greatest ? greatest : 10 * least];
}
