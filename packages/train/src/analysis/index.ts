// What a run's checkpoints show: measures, spectra and ablations of each.
export {
  type AnalysedRun,
  type AnalysisStep,
  analyseRun,
  type CheckpointChoice,
} from "./analyse-run";
export { Analysis, ablationName } from "./analysis";
export { type CheckpointViews, checkpointViews } from "./checkpoint-views";
export type { CheckpointAnalysis } from "./record";
export { usualMeasures } from "./usual-measures";
