// Statistics over runs and seeds: plain numbers, which load nothing else.
export { type AlignableRun, type AlignedRuns, alignRuns } from "./align";
export {
  type BandPoint,
  type CurveBandOptions,
  type CurvePoint,
  curveBand,
} from "./curve-band";
export {
  type ExplainedVariance,
  explainedVariance,
} from "./explained-variance";
export {
  kaplanMeier,
  type Survival,
  type SurvivalCurve,
  type SurvivalStep,
} from "./kaplan-meier";
export {
  type LearningPhase,
  type LearningPhaseOptions,
  learningPhase,
} from "./learning-phase";
export { type FittedLine, leastSquares } from "./least-squares";
export { normalQuantile } from "./normal-quantile";
export { type PhaseSpan, type PhaseSpansOptions, phaseSpans } from "./phase-spans";
export { type PowerLaw, type PowerLawRun, powerLaw } from "./power-law";
export {
  type PredictionIntervalOptions,
  predictionInterval,
} from "./prediction-interval";
export { type RunTime, survivalOfRun } from "./run-survival";
export { type SignTest, signTest } from "./sign-test";
export { splitRHat } from "./split-r-hat";
export { studentQuantile } from "./student-quantile";
export { type Transition, transitionOf } from "./transition";
