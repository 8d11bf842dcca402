// Addition mod 23, learned by an Elman network in a loop of one's own: node bare/rnn.ts [STEPS]
import { useBackend } from "@grok/backend";
import { type Batch, binaryTask, randomStream, trainingData } from "@grok/data";
import { registerStockGradients, softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";

const p = 23;
const hidden = 128;
const steps = Number(process.argv[2] ?? 200);

await useBackend("wasm", { threads: 1 });
await registerStockGradients();
const task = binaryTask({ operation: "+", p, layout: "pair" });
const data = trainingData(task, { seed: 0, trainFraction: 0.5, mode: "full" });

const random = randomStream(0, "rnn");
const normal = (rows: number, columns: number) =>
  tf.tensor2d(
    random.normalArray(rows * columns).map((x) => x / Math.sqrt(rows)),
    [rows, columns],
  );
const parameters = {
  embedding: normal(p, hidden),
  recurrent: normal(hidden, hidden),
  bias: tf.zeros([hidden]),
  out: normal(hidden, p),
};

function forward({ tokens, size }: Batch): tf.Tensor {
  const { embedding, recurrent, bias, out } = parameters;
  const ids = tf.tensor2d(tokens, [size, 2], "int32");
  const rows = tf.gather(embedding, ids); // [size, 2, hidden]
  let h: tf.Tensor = tf.zeros([size, hidden]);
  for (const x of tf.unstack(rows, 1)) {
    h = tf.tanh(tf.add(tf.add(x, tf.matMul(h, recurrent)), bias)); // [size, hidden]
  }
  return tf.matMul(h, out); // [size, p]
}
const answer = (batch: Batch) =>
  softmaxCrossEntropy(forward(batch), tf.tensor1d(batch.labels, "int32"));

const optimizer = adamW({ learningRate: 1e-3, weightDecay: 1 });
const state = optimizer.initialise(parameters);
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
