// TensorFlow.js as it comes, on tfjs-backend-webgpu: `tf.variableGrads` and `tf.train.adam`.
import { type Batch, gather } from "@grok/data";
import * as tf from "@tensorflow/tfjs";
import { AdamW } from "../contestants/stock/adamw.ts";
import { mlpLogits } from "../contestants/stock/mlp.ts";
import { transformerLogits } from "../contestants/stock/transformer.ts";
import type { ReadHandout } from "../handout.ts";

/**
 * Steps of a handout's network on the handout's batches, none of which is waited for.
 *
 * @param most examples of a batch
 */
export function stockSteps(handout: ReadHandout, most: number) {
  const { model, reads, length } = handout;
  const variables = Object.fromEntries(
    [...handout.weights].map(([name, { shape, values }]) => [
      name,
      tf.variable(tf.tensor(values, shape), true, name),
    ]),
  );
  const optimizer = new AdamW(handout.optimizer, Object.values(variables));
  const step = (i: number): void => {
    const whole = handout.check[i % handout.check.length] as Batch;
    const size = most === 0 ? whole.size : Math.min(most, whole.size);
    const chosen = Int32Array.from({ length: size }, (_, example) => example);
    const { tokens, labels } = gather(whole, chosen);
    const loss = tf.tidy(() => {
      const ids = tf.tensor2d(tokens, [size, length], "int32"); // [size, length]
      const hot = tf.oneHot(tf.tensor1d(labels, "int32"), model.classes); // [answers, classes]
      const { value, grads } = tf.variableGrads(() => {
        const logits =
          model.kind === "mlp"
            ? mlpLogits(model, variables, ids)
            : transformerLogits(model, variables, ids, reads);
        return tf.losses.softmaxCrossEntropy(hot, logits) as tf.Scalar;
      });
      optimizer.step(grads);
      return value;
    });
    loss.dispose();
  };
  return { step, dispose: () => tf.dispose(Object.values(variables)) };
}
