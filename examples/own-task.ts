// A task of one's own: 2a + 3b mod 23.
import { useBackend } from "@grok/backend";
import { type Batch, batchOf, type FiniteTask, tokenShape, trainingData } from "@grok/data";
import { forward, initialise, mlp } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

const p = 23;
const steps = Number(process.argv[2] ?? 800);
const shape = tokenShape({ vocabulary: p, classes: p, length: 2, answerPositions: [1] });
const pairs = Array.from({ length: p * p }, (_, i) => [Math.floor(i / p), i % p]);
const task: FiniteTask = {
  ...shape,
  kind: "finite",
  name: "2a + 3b mod 23",
  chance: 1 / p,
  dataset: () => ({
    ...shape,
    ...batchOf({
      tokens: Int32Array.from(pairs.flat()), // [size, 2]
      labels: Int32Array.from(pairs, ([a = 0, b = 0]) => (2 * a + 3 * b) % p), // [size, 1]
      size: pairs.length,
    }),
  }),
};

await useBackend("auto", { threads: 1 });
const data = trainingData(task, { seed: 0, trainFraction: 0.7, mode: "full" });
const config = mlp(p);
const parameters = initialise(config, 0);
const optimizer = adamW({ learningRate: 3e-3, weightDecay: 3 });
const state = optimizer.initialise(parameters);
const answer = (batch: Batch) => {
  const logits = forward(config, parameters, { ...task, ...batch }); // [size, p]
  return softmaxCrossEntropy(logits, tf.tensor1d(batch.labels, "int32"));
};
for (let step = 0; step < steps; step++) {
  const { gradients, value } = valueAndGradients(parameters, () => answer(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  tf.dispose([gradients, value]);
}
const { correct } = tf.tidy(() => answer(data.validationSet));
const [right = 0] = await correct.data();
console.log(`${task.name}: ${right} of ${data.validationSet.size} right`);
console.log(right > 0.9 * data.validationSet.size); // true
