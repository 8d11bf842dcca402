import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { type ForwardOptions, forward, type Parameters } from "../src/index";
import type { Case } from "./networks";

/** Values of a forward and backward pass. */
export interface StepValues {
  loss: number;
  logits: Float32Array;
  gradients: Record<string, Float32Array>;
}

/** Logits, loss and all gradients of a batch, as values; leaves no tensors. */
export function step(
  { config, batch, labels }: Pick<Case, "config" | "batch" | "labels">,
  parameters: Parameters,
  options: ForwardOptions = {},
): StepValues {
  return tf.tidy(() => {
    const { value, gradients } = valueAndGradients(parameters, () => {
      const logits = forward(config, parameters, batch, options); // [answers, classes]
      return { loss: softmaxCrossEntropy(logits, tf.tensor1d(labels, "int32")).loss, logits };
    });
    const values = {
      loss: value.loss.dataSync()[0] as number,
      logits: value.logits.dataSync() as Float32Array,
      gradients: Object.fromEntries(
        Object.entries(gradients).map(([name, tensor]) => [
          name,
          tensor.dataSync() as Float32Array,
        ]),
      ),
    };
    tf.dispose(value);
    return values as unknown as tf.TensorContainer;
  }) as unknown as StepValues;
}
