// A column of a CSV file from its other columns: node bare/rows.ts rows.csv class [STEPS]
import { readFile } from "node:fs/promises";
import { useBackend } from "@grok/backend";
import { type Batch, csvTask, trainingData } from "@grok/data";
import { forward, initialise, mlp } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

const [file = "rows.csv", target = "class", steps = "200"] = process.argv.slice(2);

await useBackend("wasm", { threads: 1 });
const task = csvTask({ text: await readFile(file, "utf8"), target });
const data = trainingData(task, { seed: 0, trainFraction: 0.45, batchSize: 256 });
const config = mlp(task.classes, {
  input: { kind: "features", width: task.columns.length },
  vocabulary: 0,
  slots: 0,
  width: 128,
});
const parameters = initialise(config, 0);
const optimizer = adamW({ learningRate: 1e-3, weightDecay: 0.01 });
const state = optimizer.initialise(parameters);
const answer = (batch: Batch) => {
  const logits = forward(config, parameters, { ...task, ...batch }); // [size, classes]
  return softmaxCrossEntropy(logits, tf.tensor1d(batch.labels, "int32"));
};

for (let step = 0; step <= Number(steps); step++) {
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
