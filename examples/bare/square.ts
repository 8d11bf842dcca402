// Addition mod 97, learned by an MLP of squares with mean squared error: node bare/square.ts [STEPS]
import { useBackend } from "@grok/backend";
import { type Batch, binaryTask, trainingData } from "@grok/data";
import { forward, initialise, orderParameters } from "@grok/models";
import { labelSquaredError, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

const p = 97;
const steps = Number(process.argv[2] ?? 200);

await useBackend("wasm", { threads: 1 });
const task = binaryTask({ operation: "+", p, layout: "one-hot" });
const data = trainingData(task, { seed: 0, trainFraction: 0.3, mode: "full" });
const config = orderParameters(p, { activation: "square" });
const parameters = initialise(config, 0);
const optimizer = adamW({ learningRate: 1e-3, weightDecay: 0.1 });
const state = optimizer.initialise(parameters);
const answer = (batch: Batch) => {
  const outputs = forward(config, parameters, { ...task, ...batch }); // [size, p]
  return labelSquaredError(outputs, tf.tensor1d(batch.labels, "int32"));
};

for (let step = 0; step <= steps; step++) {
  if (step % 100 === 0) {
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
