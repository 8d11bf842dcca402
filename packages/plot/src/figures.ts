export { type AblatedPart, type AblationFigureOptions, ablationFigure } from "./ablation-figure";
export { type AccuracyFigureOptions, accuracyFigure } from "./accuracy-figure";
export {
  type AnswerMapFigureOptions,
  type AnswerMoment,
  answerMapFigure,
} from "./answer-map-figure";
export {
  type AttentionFigureOptions,
  type AttentionMoment,
  attentionFigure,
} from "./attention-figure";
export { type Band, type BandOptions, bandOf, runCounts } from "./band";
export type { BandStep } from "./band-curve";
export { type BandFigureOptions, type BandSeries, bandFigure } from "./band-figure";
export { type CircleFigureOptions, type CircleMoment, circleFigure } from "./circle-figure";
export { columnFigure } from "./column-figure";
export type { StepSheetOptions } from "./column-sheet";
export {
  type ComparedCurve,
  type ComparedPanel,
  type ComparedQuantity,
  type ComparisonFigureOptions,
  comparisonFigure,
} from "./comparison-figure";
export { type FigureOptions, FONT_FAMILY } from "./curve-figure";
export { type SvgParser, setSvgParser } from "./element";
export type { FontFallback } from "./font/fallback";
export { FONT_FILES, type FontFile } from "./font/font";
export {
  type Future,
  type FuturesFigureOptions,
  type FuturesPanel,
  futuresFigure,
} from "./futures-figure";
export {
  type GrokTimeOptions,
  type GrokTimeSeries,
  type GrokTimes,
  grokTimeFigure,
} from "./grok-time-figure";
export { type LossFigureOptions, lossFigure } from "./loss-figure";
export { type LotteryNeuron, lotteryFigure } from "./lottery-figure";
export type { Moment } from "./moment";
export {
  type NeuronPhaseFigureOptions,
  type NeuronPhaseMoment,
  neuronPhaseFigure,
} from "./neuron-phase-figure";
export { orderParameterFigure } from "./order-parameter-figure";
export {
  type PeriodicityFigureOptions,
  type PeriodicityMoment,
  periodicityFigure,
} from "./periodicity-figure";
export { type PhaseCell, type PhaseDiagramOptions, phaseDiagram } from "./phase-diagram";
export { type PhaseFigureOptions, type PhaseSpan, phaseFigure } from "./phase-figure";
export { type PngOptions, svgToPng } from "./png";
export { type ProgressFigureOptions, progressFigure } from "./progress-figure";
export type { WasmSource } from "./resvg";
export type { Milestones, RunRecord } from "./run-record";
export { type SeedSeries, type SeedsFigureOptions, seedsFigure } from "./seeds-figure";
export type { SheetOptions } from "./sheet";
export {
  type ListRecord,
  type SingularValueFigureOptions,
  singularValueFigure,
} from "./singular-value-figure";
export { sparsityFigure } from "./sparsity-figure";
export { type SpectrumSeries, spectrumFigure } from "./spectrum-figure";
export type { StepScale } from "./step-axis";
export {
  type WeightMoment,
  type WeightsFigureOptions,
  type WeightValues,
  weightLimits,
  weightsFigure,
} from "./weights-figure";
