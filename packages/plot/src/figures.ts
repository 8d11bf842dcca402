export type { StepScale } from "./axes/step-axis";
export { type SvgParser, setSvgParser } from "./element";
export {
  type AblatedPart,
  type AblationFigureOptions,
  ablationFigure,
} from "./figures/ablation-figure";
export { type AccuracyFigureOptions, accuracyFigure } from "./figures/accuracy-figure";
export {
  type AnswerMapFigureOptions,
  type AnswerMoment,
  answerMapFigure,
} from "./figures/answer-map-figure";
export {
  type AttentionFigureOptions,
  type AttentionMoment,
  attentionFigure,
} from "./figures/attention-figure";
export { type BandFigureOptions, type BandSeries, bandFigure } from "./figures/band-figure";
export { type CircleFigureOptions, type CircleMoment, circleFigure } from "./figures/circle-figure";
export { columnFigure } from "./figures/column-figure";
export {
  type ComparedCurve,
  type ComparedPanel,
  type ComparedQuantity,
  type ComparisonFigureOptions,
  comparisonFigure,
} from "./figures/comparison-figure";
export { type FigureOptions, FONT_FAMILY } from "./figures/curve-figure";
export {
  type Future,
  type FuturesFigureOptions,
  type FuturesPanel,
  futuresFigure,
} from "./figures/futures-figure";
export {
  type GrokTimeOptions,
  type GrokTimeSeries,
  type GrokTimes,
  grokTimeFigure,
} from "./figures/grok-time-figure";
export { type LossFigureOptions, lossFigure } from "./figures/loss-figure";
export { type LotteryNeuron, lotteryFigure } from "./figures/lottery-figure";
export type { Moment } from "./figures/moment";
export {
  type NeuronPhaseFigureOptions,
  type NeuronPhaseMoment,
  neuronPhaseFigure,
} from "./figures/neuron-phase-figure";
export { orderParameterFigure } from "./figures/order-parameter-figure";
export {
  type PeriodicityFigureOptions,
  type PeriodicityMoment,
  periodicityFigure,
} from "./figures/periodicity-figure";
export { type PhaseCell, type PhaseDiagramOptions, phaseDiagram } from "./figures/phase-diagram";
export { type PhaseFigureOptions, type PhaseSpan, phaseFigure } from "./figures/phase-figure";
export { type ProgressFigureOptions, progressFigure } from "./figures/progress-figure";
export type { Milestones, RunRecord } from "./figures/run-record";
export { type SeedSeries, type SeedsFigureOptions, seedsFigure } from "./figures/seeds-figure";
export {
  type ListRecord,
  type SingularValueFigureOptions,
  singularValueFigure,
} from "./figures/singular-value-figure";
export { sparsityFigure } from "./figures/sparsity-figure";
export { type SpectrumSeries, spectrumFigure } from "./figures/spectrum-figure";
export {
  type WeightMoment,
  type WeightsFigureOptions,
  type WeightValues,
  weightLimits,
  weightsFigure,
} from "./figures/weights-figure";
export type { FontFallback } from "./font/fallback";
export { FONT_FILES, type FontFile } from "./font/font";
export type { StepSheetOptions } from "./layout/column-sheet";
export type { SheetOptions } from "./layout/sheet";
export { type Band, type BandOptions, bandOf, runCounts } from "./marks/band";
export type { BandStep } from "./marks/band-curve";
export { type PngOptions, svgToPng } from "./png";
export type { WasmSource } from "./resvg";
