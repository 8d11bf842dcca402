export {
  type AnalysedRun,
  type AnalysisStep,
  analyseRun,
  type CheckpointChoice,
} from "./analysis/analyse-run";
export { Analysis, ablationName } from "./analysis/analysis";
export { type CheckpointViews, checkpointViews } from "./analysis/checkpoint-views";
export type { CheckpointAnalysis } from "./analysis/record";
export { usualMeasures } from "./analysis/usual-measures";
export { ArchiveError } from "./archive/archive-error";
export { isDeviceName } from "./archive/device-name";
export { type InspectedRun, inspectRun } from "./archive/inspect-run";
export { type ArchiveLimits, archiveLimits } from "./archive/limits";
export { packRun } from "./archive/pack-run";
export { isRunFile } from "./archive/run-names";
export { type PackedFiles, unpackRun } from "./archive/unpack-run";
export type { Change, Edit } from "./change/change";
export { type ChangeMoment, type ChangePart, changeParts } from "./change/change-parts";
export { changesText, changeText } from "./change/changes-text";
export { experimentAt } from "./change/experiment-at";
export { addDataFile, dataFilesOnDisk, findDataFile, hasDataFile } from "./data-file/known";
export { type DataReference, dataFile, dataReference, dataReferences } from "./data-file/reference";
export { Assembly, assemble } from "./experiment/assembly";
export { dataOf, modelOf, taskOf } from "./experiment/build";
export { parseExperiment } from "./experiment/check";
export { ExperimentError, InsufficientMemoryError } from "./experiment/error";
export type { Experiment } from "./experiment/experiment";
export { checkAvailableMemory } from "./experiment/memory";
export { measuresOf, metricsDescription, type RunMeasures } from "./experiment/metrics";
export { printable, spelledOut } from "./experiment/printable";
export { backendChoices } from "./experiment/schema";
export { subjectOf } from "./experiment/subject";
export { suggestion } from "./experiment/suggestion";
export { lossText, optimizerText, taskSlug, taskText } from "./experiment/text";
export { fingerprintSettings } from "./experiment/with-defaults";
export { checkParts } from "./extension/check-parts";
export { ExtensionError } from "./extension/error";
export { type HostModules, loadExtension } from "./extension/load";
export { findFlag, flagNames, listFlags } from "./flag/built-in";
export { flagDefault } from "./flag/default";
export type { Flag, FlagGroup } from "./flag/flag";
export { flagLimits } from "./flag/limits";
export { switchValue } from "./flag/switch-value";
export { type ForkDifference, forkDifference } from "./fork/fork-difference";
export { type ForkOptions, forkExperiment } from "./fork/fork-experiment";
export {
  type ForkPlace,
  type ForkPlan,
  type ForkRunOptions,
  planFork,
  writeFork,
} from "./fork/fork-run";
export { type Branch, type Lineal, lineageOf } from "./fork/lineage";
export { Collection, collect } from "./kind/collection";
export {
  defineEdit,
  defineExtension,
  defineGradientTransform,
  defineLoss,
  defineMetric,
  defineModel,
  defineOptimizer,
  defineSchedule,
  defineTask,
} from "./kind/define";
export type { EditContext, EditKind } from "./kind/edit-kind";
export type {
  Extension,
  ExtensionReference,
  Extensions,
  LoadedExtension,
} from "./kind/extension";
export type { FlagNames, Kind, Label, Settings, SettingsInput, Shape } from "./kind/kind";
export type { Loss, LossKind } from "./kind/loss-kind";
export type { MetricDefinition } from "./kind/metric-definition";
export type { ModelKind, ModelVariant, Shortcut } from "./kind/model-kind";
export type { ModelTraits } from "./kind/model-traits";
export type { ForwardContext, NetworkDefinition } from "./kind/network-definition";
export type {
  GradientTransformKind,
  OptimizerCommon,
  OptimizerKind,
  ScheduleKind,
} from "./kind/optimizer-kind";
export type {
  BuiltTask,
  Equation,
  TaskContext,
  TaskFacts,
  TaskKind,
  TaskPicture,
} from "./kind/task-kind";
export type {
  CommonModelSettings,
  CommonOptimizerSettings,
  CommonSettings,
  CommonTrainingSettings,
  ModelSettings,
  OptimizerSettings,
  TaskSettings,
  TrainingSettings,
} from "./kinds/experiment-settings";
export type { FlagValues } from "./kinds/flag-values";
export type { EquationDefinition } from "./kinds/task/equation-definition";
export { experimentOfLink, linkOf } from "./link/link";
export { LinkError } from "./link/link-error";
export { uiOfLink } from "./link/ui-of-link";
export type { UiState } from "./link/ui-state";
export { DivergenceError } from "./loop/divergence";
export type {
  ChangeEvent,
  CheckpointEvent,
  DeviceLossEvent,
  EndEvent,
  EvaluationEvent,
  MilestoneEvent,
  ProgressEvent,
  StartEvent,
  TrainEvent,
} from "./loop/event";
export {
  type BackendContest,
  type FastestBackend,
  fastestBackend,
  type MeasuredSpeeds,
  type SpeedMemory,
} from "./loop/fastest-backend";
export { probeSpeed } from "./loop/probe-speed";
export { train } from "./loop/train";
export type { ExtraColumns, Recovery, TrainOptions } from "./loop/train-options";
export { listPresets, type PresetInfo } from "./preset/list";
export type { GivenFlags } from "./preset/overrides";
export type { Preset } from "./preset/preset";
export { defaultPreset, type PresetName } from "./preset/presets";
export { type ResolveOptions, resolveExperiment } from "./preset/resolve";
export { decodeAnalysis } from "./run/analysis";
export { canonicalJson } from "./run/canonical-json";
export {
  type Checkpoint,
  checkCheckpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type Progress,
} from "./run/checkpoint";
export { columnDescriptions } from "./run/columns";
export { decodeConfig, experimentOf, type RunConfig } from "./run/config";
export { createRunFiles, type VersionedExperiment } from "./run/create";
export { engineText } from "./run/engine";
export type { Environment } from "./run/environment";
export { EnvironmentError, RunError } from "./run/error";
export type { FileStore } from "./run/file-store";
export type { RunFiles } from "./run/files";
export { fingerprint } from "./run/fingerprint";
export { byteLimit } from "./run/limits";
export { decodeMetrics, type Metrics } from "./run/metrics";
export { type OpenOptions, type OpenRun, openRunFiles } from "./run/open";
export { type ReadableFiles, readCheckpointFile, readRunFiles, type StoredRun } from "./run/read";
export { type DeviceLoss, type EvaluationRecord, hasEnded, type Summary } from "./run/record";
export type { ServedExtension, ServedRun, ServedRunList } from "./run/served-run";
export type { RunStore } from "./run/store";
export { loadDataFiles } from "./run/stored-data";
export { decodeSummary } from "./run/summary-file";
export { type Blame, errorSentence, type SystemRefusal, systemRefusal } from "./run/system-error";
