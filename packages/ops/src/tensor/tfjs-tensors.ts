import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";

/** The types that `@grok/ops/types` has for tensors in a program that has the types of `@grok/ops`. */
export interface TfjsTensors {
  Tensor: Tensor;
  Scalar: Scalar;
  Tensor1D: Tensor1D;
  Tensor2D: Tensor2D;
  Tensor4D: Tensor4D;
}

declare global {
  interface GrokTensors extends TfjsTensors {}
}
