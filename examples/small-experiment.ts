// A small experiment on the parts: an MLP learns addition mod 23 from 70% of the table, and groks.
import { useBackend } from "@grok/backend";
import { type Batch, binaryTask, trainingData } from "@grok/data";
import { forward, initialise, mlp } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("auto", { threads: 1 });
const task = binaryTask({ operation: "+", p: 23, layout: "pair" });
const data = trainingData(task, { seed: 0, trainFraction: 0.7, mode: "full" });
const config = mlp(23);
const parameters = initialise(config, 0);
const optimizer = adamW({ learningRate: 3e-3, weightDecay: 3 });
const state = optimizer.initialise(parameters);

const answer = (batch: Batch) => {
  const logits = forward(config, parameters, { ...task, ...batch }); // [size, p]
  return softmaxCrossEntropy(logits, tf.tensor1d(batch.labels, "int32"));
};
for (let step = 0; step <= 500; step++) {
  const { gradients, value } = valueAndGradients(parameters, () => answer(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  tf.dispose([gradients, value]);
  if (step % 100 > 0) continue;
  const { correct } = tf.tidy(() => answer(data.validationSet));
  const [right] = await correct.data();
  console.log(`step ${step}: ${right} of ${data.validationSet.size} right`);
}
