export { addition777, tinyModular } from "./architectures/addition";
export { type ArchitectureName, architectures } from "./architectures/architectures";
export { grokfast } from "./architectures/grokfast";
export { mlp, orderParameters, prieto } from "./architectures/mlp";
export { mlx, mlxSwiglu, mlxUngated } from "./architectures/mlx";
export { nanda } from "./architectures/nanda";
export type { MlpOverrides, TransformerOverrides } from "./architectures/overrides";
export { danielmamay, openai, power } from "./architectures/power";
export { attentionPatterns } from "./attention-patterns";
export { answerCount, checkBatch, type TokenBatch } from "./batch";
export { checkConfig, type ModelConfig } from "./config";
export { type DecodeOptions, greedyDecode } from "./decode";
export { type ForwardOptions, forward, forwardPlanned, type PlannedOptions } from "./forward";
export { type HiddenActivations, hiddenActivations } from "./hidden-activations";
export type { MlpConfig, MlpInput } from "./mlp/config";
export {
  type Distribution,
  distributionOf,
  type Initialisation,
  initialisations,
} from "./parameters/distribution";
export { initialise, initialValues, type Parameters } from "./parameters/initialise";
export {
  type ParameterRole,
  type ParameterSpecification,
  parameterCount,
  parameterShapes,
  parameterSpecifications,
} from "./parameters/specification";
export type { LayerPlan } from "./plan/layer";
export type { MlpPlan } from "./plan/mlp";
export { type Plan, type PlanOptions, plan } from "./plan/plan";
export { resolveShortcuts, type Shortcuts } from "./plan/shortcuts";
export type { TransformerPlan } from "./plan/transformer";
export type {
  FeedForwardConfig,
  NormConfig,
  PositionsConfig,
  TransformerConfig,
} from "./transformer/config";
