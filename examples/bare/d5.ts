// The group of a regular pentagon, learned by an MLP in a loop of one's own: node bare/d5.ts [STEPS]
import { useBackend } from "@grok/backend";
import { type Batch, equationTask, trainingData } from "@grok/data";
import { forward, initialise, mlp } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

const n = 5;
const steps = Number(process.argv[2] ?? 200);

/** The product in D5: element i < 5 is the rotation rⁱ, element 5 + i the reflection rⁱs. */
function product(a: number, b: number): number {
  const [i, isFlipped, j, other] = [a % n, a >= n, b % n, b >= n] as const;
  return ((i + (isFlipped ? n - j : j)) % n) + (isFlipped !== other ? n : 0);
}

await useBackend("wasm", { threads: 1 });
const task = equationTask({ name: "D5", elements: 2 * n, apply: product, layout: "pair" });
const data = trainingData(task, { seed: 0, trainFraction: 0.8, mode: "full" });
const config = mlp(2 * n, { width: 64 });
const parameters = initialise(config, 0);
const optimizer = adamW({ learningRate: 0.01 });
const state = optimizer.initialise(parameters);
const answer = (batch: Batch) => {
  const logits = forward(config, parameters, { ...task, ...batch }); // [size, 10]
  return softmaxCrossEntropy(logits, tf.tensor1d(batch.labels, "int32"));
};

for (let step = 0; step <= steps; step++) {
  if (step % 50 === 0) {
    const { loss, correct } = tf.tidy(() => answer(data.validationSet));
    const [[error], [right = 0]] = await Promise.all([loss.data(), correct.data()]);
    const share = (100 * right) / data.validationSet.size;
    console.log(`step ${step}: loss ${error?.toFixed(3)}, ${share.toFixed(0)} % right`);
    tf.dispose([loss, correct]);
  }
  const { gradients, value } = valueAndGradients(parameters, () => answer(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  tf.dispose([gradients, value]);
}
