import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { FigureRun } from "../result/figure-run";
import { evaluate, type Found } from "./evaluate";
import type { Quantity, Unit } from "./quantity";
import { type Extent, type Verdict, worst } from "./verdict";

/** What is said of one quantity. */
export interface QuantityVerdict extends Omit<Found, "agrees"> {
  readonly name: string;
  readonly unit: Unit;
  readonly verdict: Verdict;
  readonly extent: Extent;
  readonly published: string;
  readonly band: readonly [number, number] | null;
  readonly because: string;
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
 * those of `--quick`, it is judged on all that there are; else it is not. An order that the runs of
 * `--quick` are too few to show waits for the full set, and does not keep the figure from its verdict.
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
  // For the full set: what the quick one leaves out, and an order that its few runs cannot show.
  const isWaiting = ({ arms, kind }: Quantity, extent: Extent) =>
    (kind === "order" && extent === "quick") ||
    arms.some((name) => figure.arms.find((arm) => arm.name === name)?.quick === null);
  const done = [...asked].filter((name) => names.has(name)).length;
  const judged = quantities.filter(({ extent }) => extent === "full" || extent === "quick");
  const missing = quantities.filter(
    ({ verdict, extent }, i) =>
      (verdict === "partly run" || verdict === "not yet run") &&
      !isWaiting(figure.quantities[i] as Quantity, extent),
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
