import { SweepError } from "../sweep-error";
import type { Interval, Range, Value } from "./spec";

/**
 * Digits that a value of a range or sample has: enough for any setting, and few enough that 0.1 is
 * the same 0.1 in a range from 0.01 to 1 as in a list, on every machine.
 */
const digits = 8;

/** The values of a grid's axis: a list as it is, or `count` values from one end to the other. */
export function axisValues(axis: readonly Value[] | Range, place: string): Value[] {
  if (isList(axis)) return [...axis];
  const { count } = axis;
  checkInterval(axis, place);
  return Array.from({ length: count }, (_, i) => between(axis, i / (count - 1)));
}

/**
 * The value at a share of the way through a list or an interval.
 *
 * @param share in [0, 1); each value of a list, and each whole number, has an equal part of it
 */
export function valueAt(axis: readonly Value[] | Interval, share: number, place: string): Value {
  if (isList(axis)) return axis[Math.floor(share * axis.length)] as Value;
  checkInterval(axis, place);
  if (!axis.integer) return between(axis, share);
  const wider = { ...axis, from: axis.from - 0.5, to: axis.to + 0.5, integer: false };
  const value =
    axis.scale === "log" ? between(axis, share) : Math.floor(between(wider, share) + 0.5);
  return Math.min(axis.to, Math.max(axis.from, value));
}

function isList(axis: readonly Value[] | Interval): axis is readonly Value[] {
  return Array.isArray(axis);
}

function between({ from, to, scale, integer }: Interval, share: number): number {
  const value = scale === "log" ? from * (to / from) ** share : from + share * (to - from);
  if (share === 0) return from;
  return integer ? Math.round(value) : Number(value.toPrecision(digits));
}

function checkInterval({ from, to, scale }: Interval, place: string): void {
  if (!(from < to)) throw new SweepError(`${place} must rise from ${from}, not to ${to}.`);
  if (scale === "log" && !(from > 0)) {
    throw new SweepError(`${place} has a log scale, which must begin above 0, not at ${from}.`);
  }
}
