import * as tf from "@tensorflow/tfjs-core";
import { defineOperation } from "../operation/operation";

/** The slopes of a loss, made on the way forward, times the gradient of the loss itself, a scalar. */
export const lossGradient = defineOperation<{ slopes: tf.Tensor; dy: tf.Tensor }, object>({
  name: "GrokLossGrad",
  reference: ({ slopes, dy }) => [tf.mul(slopes, dy)],
});
