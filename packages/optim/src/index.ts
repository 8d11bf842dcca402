export { byName, type Selection } from "./by-name";
export { chain } from "./chain";
export {
  type AdamConfig,
  type AdamWConfig,
  type DecayConfig,
  decayForms,
  type FilterConfig,
  filterKinds,
  type GroupConfig,
  type LionConfig,
  type MuonConfig,
  type OptimizerConfig,
  optimizerKinds,
  type ScheduleConfig,
  type SgdConfig,
  scheduleKinds,
} from "./config";
export { createOptimizer, createSchedule } from "./create-optimizer";
export { type ClipOptions, clip } from "./filters/clip";
export { type EgalitarianOptions, egalitarian } from "./filters/egalitarian";
export { type GrokfastEmaOptions, grokfastEma } from "./filters/grokfast-ema";
export { type GrokfastMaOptions, grokfastMa } from "./filters/grokfast-ma";
export { type L2Options, l2 } from "./filters/l2";
export { orthogonal } from "./filters/orthogonal";
export { sparing } from "./filters/sparing";
export { type FixedNormOptions, fixedNorm } from "./fixed-norm";
export { byGroup, matches, type ParameterGroup } from "./groups";
export type { GradientFilter, Gradients, Optimizer, OptimizerState, Parameters } from "./optimizer";
export { type AdamOptions, adam, adamW } from "./optimizers/adam";
export { type CommonOptions, type DecayTarget, decayTargets } from "./optimizers/common-options";
export { hiddenMatrices } from "./optimizers/hidden-matrices";
export { type LionOptions, lion } from "./optimizers/lion";
export {
  type MuonOptions,
  type MuonWithAdamWOptions,
  muon,
  muonWithAdamW,
} from "./optimizers/muon";
export { newtonSchulz } from "./optimizers/newton-schulz";
export { type SgdOptions, sgd } from "./optimizers/sgd";
export { constant } from "./schedules/constant";
export { type CosineDecayOptions, cosineDecay } from "./schedules/cosine-decay";
export { type LinearWarmupOptions, linearWarmup } from "./schedules/linear-warmup";
export type { Schedule } from "./schedules/schedule";
export { disposeState, exportState, restoreState, type StoredTensor } from "./state";
