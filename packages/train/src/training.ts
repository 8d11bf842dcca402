export type { Change, Edit } from "./change/change";
export { experimentAt } from "./change/experiment-at";
export { addDataFile, dataFilesOnDisk, findDataFile, hasDataFile } from "./data-file/known";
export { type DataReference, dataFile, dataReference, dataReferences } from "./data-file/reference";
export { Assembly, assemble } from "./experiment/assembly";
export { dataOf, modelOf, taskOf } from "./experiment/build";
export { parseExperiment } from "./experiment/check";
export { ExperimentError, InsufficientMemoryError } from "./experiment/error";
export type { Experiment } from "./experiment/experiment";
export { measuresOf, type RunMeasures } from "./experiment/metrics";
export { subjectOf } from "./experiment/subject";
export { checkParts } from "./extension/check-parts";
export { ExtensionError } from "./extension/error";
export { type HostModules, hostModulesOf } from "./extension/host-modules";
export { loadExtension } from "./extension/load";
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
export type { Extension, ExtensionReference, Extensions, LoadedExtension } from "./kind/extension";
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
export { type StepFlopsOptions, stepFlops } from "./loop/step-flops";
export { train } from "./loop/train";
export type { ExtraColumns, Recovery, TrainOptions } from "./loop/train-options";
export { listPresets, type PresetInfo } from "./preset/list";
export type { GivenFlags } from "./preset/overrides";
export type { Preset } from "./preset/preset";
export { defaultPreset, type PresetName } from "./preset/presets";
export { type ResolveOptions, resolveExperiment } from "./preset/resolve";
export { decodeAnalysis } from "./run/analysis";
export {
  type Checkpoint,
  checkCheckpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type Progress,
} from "./run/checkpoint";
export { decodeConfig, experimentOf, type RunConfig } from "./run/config";
export { createRunFiles, type VersionedExperiment } from "./run/create";
export type { Environment } from "./run/environment";
export { EnvironmentError, RunError } from "./run/error";
export type { FileStore } from "./run/file-store";
export type { RunFiles } from "./run/files";
export { fingerprint } from "./run/fingerprint";
export { decodeMetrics, type Metrics } from "./run/metrics";
export { type OpenOptions, type OpenRun, openRunFiles } from "./run/open";
export { type ReadableFiles, readCheckpointFile, readRunFiles, type StoredRun } from "./run/read";
export { type DeviceLoss, type EvaluationRecord, hasEnded, type Summary } from "./run/record";
export type { RunStore } from "./run/store";
export { loadDataFiles } from "./run/stored-data";
export { decodeSummary } from "./run/summary-file";
