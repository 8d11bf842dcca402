import { type ChangePart, changeParts } from "@grok/train/front-end";
import type { Settings, Sweep } from "./spec";

/** The changes that a run of a sweep is to have, as they are written. */
export function partsOf({ flags }: Pick<Sweep, "flags">, own: Settings): ChangePart[] {
  const change = own.change ?? flags.change;
  return typeof change === "string" && change !== "none" ? changeParts(change) : [];
}

/** Whether a sweep has changes at t_mem or t_grok, whose step is that of a run without them. */
export function waits({ flags, grid, list = [] }: Sweep): boolean {
  const own = Array.isArray(grid.change) ? grid.change : [];
  return [own, list.map(({ change }) => change ?? null), [flags.change ?? null]]
    .flat()
    .some((change) => partsOf({ flags: {} }, { change }).some(({ event }) => event !== null));
}
