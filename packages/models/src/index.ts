export { addition777, tinyModular } from "./architectures/addition";
export { type ArchitectureName, architectures } from "./architectures/architectures";
export { grokfast } from "./architectures/grokfast";
export { mlp, orderParameters, prieto, quadratic } from "./architectures/mlp";
export { mlx, mlxSwiglu, mlxUngated } from "./architectures/mlx";
export { nanda } from "./architectures/nanda";
export type { MlpOverrides, TransformerOverrides } from "./architectures/overrides";
export { danielmamay, openai, power } from "./architectures/power";
export { attentionPatterns } from "./attention-patterns";
export type { TokenBatch } from "./batch";
export { answerCount, checkBatch } from "./check-batch";
export { checkConfig } from "./check-config";
export type { ModelConfig } from "./config";
export { type DecodeOptions, greedyDecode } from "./decode";
export { type ForwardOptions, forward, forwardPlanned } from "./forward";
export { type HiddenActivations, hiddenActivations } from "./hidden-activations";
export {
  type MlpConfig,
  type MlpInitialisation,
  type MlpInput,
  mlpInitialisations,
} from "./mlp/config";
export type { Anatomy, LogitFactor, MlpShape } from "./network/anatomy";
export {
  type DefinedNetwork,
  type DefinedParameter,
  type DefinedParameters,
  type DefinedPassOptions,
  defineNetwork,
  type NetworkInput,
} from "./network/define-network";
export type { Network, NetworkCost, Plan, PlannedOptions, PlanOptions } from "./network/network";
export { type ConfiguredNetwork, networkOf } from "./network/network-of";
export {
  type Distribution,
  distributionOf,
  type Initialisation,
  initialisations,
  type Scheme,
} from "./parameters/distribution";
export type { InitialValues, Parameters } from "./parameters/draw";
export type { InitStds } from "./parameters/init-stds";
export { initialise, initialValues } from "./parameters/initialise";
export {
  parameterCount,
  parameterShapes,
  parameterSpecifications,
} from "./parameters/of-network";
export type { ParameterRole, ParameterSpecification } from "./parameters/specification";
export type { LayerPlan } from "./plan/layer";
export type { MlpPlan } from "./plan/mlp";
export { type ModelPlan, plan } from "./plan/plan";
export { resolveShortcuts, type Shortcuts } from "./plan/shortcuts";
export type { TransformerPlan } from "./plan/transformer";
export type { PointHook, PointHooks } from "./point/at";
export type {
  LayerPoint,
  MlpPoint,
  Point,
  PointAxis,
  PointName,
  TransformerPoint,
} from "./point/point";
export { points } from "./points";
export type {
  FeedForwardConfig,
  NormConfig,
  PositionsConfig,
  TransformerConfig,
} from "./transformer/config";
