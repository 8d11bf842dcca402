export {
  activate,
  checkActivation,
  savesPreactivation,
} from "./activation/activation";
export { type ActivationKind, activationKinds } from "./activation/activation-kind";
export { type AdamUpdateAttributes, adamUpdate } from "./adam-update/adam-update";
export { type AddScaledAttributes, addScaled } from "./add-scaled/add-scaled";
export { arithmetic } from "./arithmetic";
export { type AttentionOptions, attention, attentionWeights } from "./attention/attention";
export { rotaryAngles, rotate } from "./attention/rotary";
export { type BackendFacts, backendFacts, describeBackend } from "./backend-facts";
export {
  type ClipByGlobalNormAttributes,
  clipByGlobalNorm,
} from "./clip-by-global-norm/clip-by-global-norm";
export { type DropoutOptions, dropout, keeps, scatterBits } from "./dropout/dropout";
export { add, reshape, scale } from "./elementwise/elementwise";
export { embedding } from "./embedding/embedding";
export { type EmbeddingSumOptions, embeddingSum } from "./embedding/embedding-sum";
export { embeddingTables } from "./embedding/embedding-tables";
export { globalNorm } from "./global-norm/global-norm";
export { registerStockGradients } from "./gradients/stock-gradients";
export {
  type ValueAndGradients,
  type ValueAndGradientsOptions,
  valueAndGradients,
} from "./gradients/value-and-gradients";
export { type HingeAttributes, type HingeOptions, hinge } from "./hinge/hinge";
export type { KernelAttributes, KernelInputs, KernelName, Kernels } from "./kernels";
export { type LayerNormOptions, layerNorm } from "./layer-norm/layer-norm";
export { type LerpUpdateAttributes, lerpUpdate } from "./lerp-update/lerp-update";
export { type LinearOptions, linear } from "./linear/linear";
export { type LionUpdateAttributes, lionUpdate } from "./lion-update/lion-update";
export type {
  Attributes,
  KernelContract,
  NamedTensors,
  Operation,
  OperationDefinition,
} from "./operation/definition";
export { countMultiplyAdds } from "./operation/multiply-adds";
export { defineOperation } from "./operation/operation";
export { isReference, registerFastKernel } from "./operation/registry";
export { orthogonalGradient } from "./orthogonal-gradient/orthogonal-gradient";
export { type RmsNormOptions, rmsNorm } from "./rms-norm/rms-norm";
export { type SgdUpdateAttributes, sgdUpdate } from "./sgd-update/sgd-update";
export {
  type CrossEntropyOptions,
  type LossPrecision,
  lossPrecisions,
  type Normalizer,
  normalizers,
} from "./softmax-cross-entropy/cross-entropy-options";
export {
  type CrossEntropyAttributes,
  softmaxCrossEntropy,
} from "./softmax-cross-entropy/softmax-cross-entropy";
export {
  type LabelSquaredErrorAttributes,
  type LabelSquaredErrorOptions,
  labelSquaredError,
  squaredError,
} from "./squared-error/squared-error";
export { swiglu } from "./swiglu/swiglu";
export type { TfjsTensors } from "./tensor/tfjs-tensors";
export { maxThreads } from "./threads";
export { defineUpdate, type Slots, type Update, type UpdateDefinition } from "./update";
