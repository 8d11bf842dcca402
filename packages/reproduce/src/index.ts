export type { AskedRun } from "./figure/asked-run";
export type { Arm, Figure, Source } from "./figure/figure";
export { figureAxes, figureRuns, withSeeds } from "./figure/figure-runs";
export { figures } from "./figures/figures";
export { type FigureVerdict, judge, type QuantityVerdict } from "./judge/judge";
export type { Measured } from "./judge/measured";
export { bandText } from "./judge/number-text";
export {
  leastChance,
  type OrderedPlace,
  type OrderedRun,
  type OrderTest,
  orderTest,
} from "./judge/order-test";
export type {
  DirectionQuantity,
  Estimate,
  JointQuantity,
  OrderQuantity,
  Planned,
  Published,
  Quantity,
  RunQuantity,
  Unit,
  Valued,
} from "./judge/quantity";
export type { Extent, Verdict } from "./judge/verdict";
export { documentCommand, reproductionsDocument } from "./report/document";
export { bandOf, oursText, quantityVerdictText, verdictText } from "./report/wording";
export type { FigureRun, RunRecord } from "./result/figure-run";
export {
  type Reproduction,
  reproductionOf,
  reproductionSchema,
  runsOf,
} from "./result/reproduction";
export { parseResult, resultJson } from "./result/result-json";
