import { group } from "d3-array";
import type { Found } from "./found";
import { medianOf } from "./median";
import { chanceText, short } from "./number-text";
import { type OrderedPlace, orderTest } from "./order-test";
import type { OrderQuantity, Planned, Valued } from "./quantity";

/**
 * The chance at which an order or a direction counts as seen. A design must be able to fall below it: if
 * its least p is the level itself, its one best outcome is its only possible success.
 */
export const level = 0.05;

/** A run's place in an order; null if it is in none. */
export function placeOf(
  quantity: OrderQuantity,
  run: Planned,
): (OrderedPlace & { label: string }) | null {
  const found = quantity.group(run);
  if (found === null) return null;
  const unit = quantity.claimUnit?.of(run);
  return {
    ...found,
    // −0 is 0 in a file.
    place: found.place === 0 ? 0 : found.place,
    stratum: quantity.stratum?.(run) ?? "",
    ...(unit === undefined ? {} : { unit }),
  };
}

/** Tests an order on runs. */
export function evaluateOrder(quantity: OrderQuantity, values: readonly Valued[]): Partial<Found> {
  const runs = values.flatMap(({ run, measured }) => {
    const place = placeOf(quantity, run);
    return place === null ? [] : [{ ...place, measured }];
  });
  const counts = {
    runs: runs.length,
    never: runs.filter(({ measured }) => !measured.happened).length,
  };
  const test = orderTest(runs);
  if (test === null) return { ...counts, reason: "No two groups can be compared." };
  const { as, against, p, isExact } = test;
  const groups = [...group(runs, ({ place }) => place)]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => {
      const median = medianOf(own.map(({ measured }) => measured));
      return `${own[0]?.label} ${median === null ? "not reached" : short(median)} (N = ${own.length})`;
    });
  const over =
    quantity.claimUnit === undefined
      ? ""
      : ` over ${new Set(runs.map(({ unit }) => unit)).size} ${quantity.claimUnit.plural}`;
  return {
    ...counts,
    ours: as + against === 0 ? null : as / (as + against),
    chance: { p, isExact },
    agrees: p <= level,
    reason: `Medians: ${groups.join(", ")}. Of the pairs of runs that can be told apart ${as} of ${as + against} stand as published, ${chanceText(p, isExact)}${over}.`,
  };
}
