// Kumar et al.'s polynomial regression in a loop of one's own: node bare/polynomial.ts [STEPS]
import { useBackend } from "@grok/backend";
import { type Batch, projectionTask, trainingData } from "@grok/data";
import { forward, initialise, mlp } from "@grok/models";
import { squaredError, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

const features = 100;
const steps = Number(process.argv[2] ?? 200);

await useBackend("wasm", { threads: 1 });
const task = projectionTask({ features });
const data = trainingData(task, { seed: 0, trainFraction: 0.45, batchSize: 256 });
const config = mlp(1, {
  input: { kind: "features", width: features },
  vocabulary: 0,
  slots: 0,
  width: 500,
  depth: 2,
  outputScale: 2,
});
const parameters = initialise(config, 0);
const optimizer = adamW({ learningRate: 1e-3, weightDecay: 0.01 });
const state = optimizer.initialise(parameters);
const lossOf = (batch: Batch) => {
  const outputs = forward(config, parameters, { ...task, ...batch }); // [size, 1]
  return { loss: squaredError(outputs, tf.tensor2d(batch.targets, [batch.size, 1])) };
};

for (let step = 0; step <= steps; step++) {
  if (step % 100 === 0) {
    const { loss } = tf.tidy(() => lossOf(data.validationSet));
    console.log(`step ${step}: validation loss ${(await loss.data())[0]?.toFixed(4)}`);
    loss.dispose();
  }
  const { gradients, value } = valueAndGradients(parameters, () => lossOf(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  tf.dispose([gradients, value]);
}
