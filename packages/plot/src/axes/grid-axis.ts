import { ticks as linearTicks } from "d3-array";
import type { Axis } from "./axis";

/** An axis of whole numbers, each with a cell of its own. */
export function gridAxis(first: number, last: number, label: string, wanted = 6): Axis {
  const ticks = linearTicks(first, last, wanted).filter(Number.isInteger);
  return {
    type: "linear",
    domain: [first - 0.5, last + 0.5],
    major: ticks,
    minor: [],
    format: String,
    label,
  };
}
