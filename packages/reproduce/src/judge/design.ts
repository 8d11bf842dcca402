import type { AskedRun } from "../figure/asked-run";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import { placeOf } from "./order";
import { leastChance, type OrderedPlace } from "./order-test";
import type { Quantity } from "./quantity";

/** Bands are stated for the median of so many runs. */
const ordinary = 5;

/** The runs of the full set that a quantity is judged on. */
export function designOf(figure: Figure, { arms }: Pick<Quantity, "arms">): AskedRun[] {
  return figureRuns({ arms: figure.arms.filter(({ name }) => arms.includes(name)) });
}

/** A run of the full set in an order. */
export interface DesignedRun extends OrderedPlace {
  readonly arm: string;
  readonly name: string;
}

/** Where the runs of the full set stand in an order; those in none are left out. */
export function placesOf(
  figure: Figure,
  quantity: Extract<Quantity, { kind: "order" }>,
): DesignedRun[] {
  return designOf(figure, quantity).flatMap((run) => {
    const found = placeOf(quantity, run);
    if (found === null) return [];
    const { label: _, ...place } = found;
    return [{ arm: run.arm, name: run.name, ...place }];
  });
}

/** Runs below which a quantity of single runs gets no verdict. */
export function runsNeeded(figure: Figure, quantity: Extract<Quantity, { kind: "run" }>): number {
  const seeds = new Set(designOf(figure, quantity).map(({ experiment }) => experiment.seed));
  return quantity.needs ?? Math.min(ordinary, seeds.size);
}

/**
 * The least p that some runs can give of an order or a direction, with every outcome as claimed; null
 * for quantities that are not tested.
 */
export function leastOf(
  quantity: Quantity,
  runs: readonly Pick<AskedRun, "arm" | "settings">[],
): number | null {
  if (quantity.kind === "direction") return 0.5 ** runs.length;
  if (quantity.kind !== "order") return null;
  return leastChance(
    runs.flatMap((run) => {
      const place = placeOf(quantity, run);
      return place === null ? [] : [place];
    }),
  );
}
