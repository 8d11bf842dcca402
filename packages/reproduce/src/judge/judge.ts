import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { FigureRun } from "../result/figure-run";
import { type DesignedRun, designOf, leastOf, placesOf, runsNeeded } from "./design";
import { evaluate } from "./evaluate";
import type { Found } from "./found";
import { chanceText, twoDigits } from "./number-text";
import { level } from "./order";
import { measuredOf, type Quantity, type Unit } from "./quantity";
import { decided, type Extent, type Verdict, worst } from "./verdict";

/** What is said of one quantity. */
export interface QuantityVerdict extends Omit<Found, "agrees"> {
  readonly name: string;
  readonly kind: Quantity["kind"];
  readonly unit: Unit;
  readonly verdict: Verdict;
  readonly extent: Extent;
  readonly published: string;
  readonly band: readonly [number, number] | null;
  readonly because: string;
  /** Whether the band is a convention. */
  readonly isConvention: boolean;
  /** Of an order or a direction: the least p that the full set can give. */
  readonly least: number | null;
  /** Of a number of single runs: what of them is judged. */
  readonly statistic: "median" | "greatest" | "least" | "mean" | null;
  /** Of an order: where each run of the full set stands in it. */
  readonly design: readonly DesignedRun[] | null;
  /** Runs below which it gets no verdict; null if the full set is needed. */
  readonly needs: number | null;
}

/** What is said of a figure. */
export interface FigureVerdict {
  readonly id: string;
  readonly verdict: Verdict;
  readonly extent: Extent;
  /** Runs of the full set that are there. */
  readonly done: number;
  readonly of: number;
  /** Quantities that are decided, of those that can be. */
  readonly judged: number;
  readonly judgeable: number;
  readonly quantities: readonly QuantityVerdict[];
}

/**
 * Judges a figure by the runs that there are. No quantity gets a verdict that its N cannot bear:
 *
 * - a number of single runs needs as many as its band was stated for (5, or all seeds if they are fewer);
 * - a number of all runs together needs the full set;
 * - an order or a direction needs the full set, or the one that `--quick` names, and a design that can
 *   fall below p = .05; if the full set cannot, it is undecidable by this design.
 */
export function judge(figure: Figure, runs: readonly FigureRun[]): FigureVerdict {
  const names = new Set(runs.map(({ name }) => name));
  const asked = new Set(figureRuns(figure).map(({ name }) => name));
  const quantities = figure.quantities.map((quantity) => {
    const own = runs.filter(({ arm }) => quantity.arms.includes(arm));
    return judgeQuantity(figure, quantity, own, extentOf(figure, quantity, names));
  });
  const done = [...asked].filter((name) => names.has(name)).length;
  const isDecided = ({ verdict }: QuantityVerdict) => decided.includes(verdict);
  return {
    id: figure.id,
    verdict: done === 0 ? "not yet run" : worst(quantities.map(({ verdict }) => verdict)),
    extent: done === asked.size ? "full" : done === 0 ? "none" : "partly",
    done,
    of: asked.size,
    judged: quantities.filter(isDecided).length,
    judgeable: quantities.filter(({ verdict }) => verdict !== "nothing published").length,
    quantities,
  };
}

function extentOf(figure: Figure, quantity: Quantity, names: ReadonlySet<string>): Extent {
  const own = figure.arms.filter(({ name }) => quantity.arms.includes(name));
  const isThere = ({ name }: { name: string }) => names.has(name);
  const full = designOf(figure, quantity);
  if (full.every(isThere)) return "full";
  if (!full.some(isThere)) return "none";
  if (own.some(({ quick }) => quick === null)) return "partly";
  return figureRuns({ arms: own }, true).every(isThere) ? "quick" : "partly";
}

function judgeQuantity(
  figure: Figure,
  quantity: Quantity,
  runs: readonly FigureRun[],
  extent: Extent,
): QuantityVerdict {
  const { published, inconsistent, kind } = quantity;
  const { agrees, ...found } = evaluate(quantity, runs);
  const isTested = kind === "order" || kind === "direction";
  const common = {
    name: quantity.name,
    kind,
    unit: kind === "order" ? ("pairs" as const) : quantity.unit,
    extent,
    published: published.text,
    band: published.band,
    because: published.because,
    isConvention: published.isConvention ?? false,
    ...found,
    least: leastOf(quantity, designOf(figure, quantity)),
    statistic: kind === "run" ? (quantity.statistic ?? "median") : null,
    design: kind === "order" ? placesOf(figure, quantity) : null,
    needs: kind === "run" && published.band !== null ? runsNeeded(figure, quantity) : null,
  };
  const say = (verdict: Verdict, ...more: (string | null)[]): QuantityVerdict => ({
    ...common,
    verdict,
    reason: [found.reason, ...more.filter((each) => each !== null)].join(" "),
  });
  if (extent === "none") return { ...say("not yet run"), reason: "None of its runs has ended." };
  if (published.band === null && !isTested) return say("nothing published");
  if (common.least !== null && common.least >= level) {
    return say(
      "undecidable by this design",
      `All of its runs together can give p = ${twoDigits(common.least)} at best, which is not below .05.`,
    );
  }
  const lack = lackOf(figure, quantity, runs, extent, common.needs);
  if (agrees === null || lack !== null) return say("partly run", lack);
  if (agrees) return say("reproduced");
  return inconsistent === undefined
    ? say("not reproduced")
    : say("published figure inconsistent", inconsistent);
}

/** What its runs lack for a verdict, as a sentence; null if they can bear one. */
function lackOf(
  figure: Figure,
  quantity: Quantity,
  runs: readonly FigureRun[],
  extent: Extent,
  needs: number | null,
): string | null {
  if (needs !== null) {
    const values = runs.filter((run) => measuredOf(quantity, run) !== null).length;
    return values < needs
      ? `That is of ${values === 1 ? "one run" : `${values} runs`}; a verdict needs ${needs}.`
      : null;
  }
  if (extent === "partly" || (quantity.kind === "joint" && extent === "quick")) {
    return "A verdict waits for the full set.";
  }
  // The runs that are there by chance were not chosen beforehand; those of --quick were.
  const own = figure.arms.filter(({ name }) => quantity.arms.includes(name));
  const least = extent === "quick" ? leastOf(quantity, figureRuns({ arms: own }, true)) : null;
  return least !== null && least >= level
    ? `The runs that --quick names can give ${chanceText(least, true)} at best; a verdict waits for the full set.`
    : null;
}
