// A model of one's own in TensorFlow.js's stock operations, trained on the fast backend.
import { useBackend } from "@grok/backend";
import { type Batch, binaryTask, randomStream, trainingData } from "@grok/data";
import { registerStockGradients, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("wasm", { threads: 1 });
// tfjs-core alone has no gradients for its operations.
await registerStockGradients();
const p = 23;
const task = binaryTask({ operation: "+", p, layout: "pair" });
const data = trainingData(task, { seed: 0, trainFraction: 0.7, mode: "full" });

const random = randomStream(0, "own model");
const normal = (rows: number, columns: number) => {
  const values = random.normalArray(rows * columns).map((x) => x / Math.sqrt(rows));
  return tf.tensor2d(values, [rows, columns]);
};
const parameters = { embedding: normal(p, 64), hidden: normal(64, 128), output: normal(128, p) };

/** The two numbers' embeddings are multiplied; then comes a hidden layer. */
function forward({ tokens, size }: Batch): tf.Tensor {
  const { embedding, hidden, output } = parameters;
  const rows = tf.matMul(tf.oneHot(Array.from(tokens), p), embedding); // [2·size, 64]
  const [a, b] = tf.unstack(tf.reshape(rows, [size, 2, 64]), 1) as [tf.Tensor, tf.Tensor]; // [size, 64]
  const x = tf.relu(tf.matMul(tf.mul(a, b), hidden)); // [size, 128]
  return tf.matMul(x, output); // [size, p]
}
const answer = (batch: Batch) =>
  softmaxCrossEntropy(forward(batch), tf.tensor1d(batch.labels, "int32"));

const optimizer = adamW({ learningRate: 3e-3, weightDecay: 3 });
const state = optimizer.initialise(parameters);
for (let step = 0; step < 500; step++) {
  const { gradients, value } = valueAndGradients(parameters, () => answer(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  tf.dispose([gradients, value]);
}
const { correct } = tf.tidy(() => answer(data.validationSet));
const [right = 0] = await correct.data();
console.log(`${task.name}: ${right} of ${data.validationSet.size} right`);
console.log(right > 0.9 * data.validationSet.size); // true
