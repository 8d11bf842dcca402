// What types of other packages name, without the types of tfjs, which contradict those of the DOM.
// Their declarations import it instead of @tensorflow/tfjs-core (scripts/own-types.mjs).
export type { ActivationKind } from "./activation/activation-kind";
export type {
  CrossEntropyOptions,
  LossPrecision,
} from "./softmax-cross-entropy/cross-entropy-options";
export type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from "./tensor/own-tensors";
