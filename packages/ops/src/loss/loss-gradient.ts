import * as tf from "@tensorflow/tfjs-core";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** The kernel of {@link lossGradient}. */
export interface LossKernels<T = tf.Tensor> {
  GrokLossGrad: KernelContract<{ slopes: T; dy: T }>;
}

/** The slopes of a loss, made on the way forward, times the gradient of the loss itself, a scalar. */
export const lossGradient = defineOperation<LossKernels["GrokLossGrad"]>({
  name: "GrokLossGrad",
  reference: ({ slopes, dy }) => [tf.mul(slopes, dy)],
});
