// Reads the weights of an MLP that PyTorch trained (pytorch/make_checkpoint.py), holds its answers
// against PyTorch's, and trains it on.
import { readFile } from "node:fs/promises";
import { useBackend } from "@grok/backend";
import { type Batch, binaryTask, trainingData } from "@grok/data";
import { forward, mlp, type Parameters } from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import { adamW } from "@grok/optim";
import { decodeSafetensors } from "@grok/train/safetensors";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("auto", { threads: 1 });
const file = new URL("./pytorch/mlp.safetensors", import.meta.url);
const { tensors } = decodeSafetensors(await readFile(file));

// PyTorch's names and shapes are ours, except two: the embedding's name, and a weight is [out, in].
const parameters: Parameters = {};
for (const [name, { data, shape }] of tensors) {
  if (name === "answers") continue;
  const tensor = tf.tensor(data, [...shape]);
  if (name === "embedding.weight") parameters["embedding"] = tensor;
  else parameters[name] = name.endsWith(".weight") ? tf.transpose(tensor) : tensor;
}

const task = binaryTask({ operation: "+", p: 11, layout: "pair" });
const config = mlp(11, { width: 32, input: { kind: "embedding", width: 16 } });
const logits = forward(config, parameters, { ...task, ...task.dataset() }); // [p·p, p]
const answers = tf.tensor2d(tensors.get("answers")?.data as Float32Array, [121, 11]);
const [difference = Number.NaN] = await tf.max(tf.abs(tf.sub(logits, answers))).data();
console.log(`largest difference from PyTorch's logits: ${difference}`);
console.log(difference < 1e-4); // true

const data = trainingData(task, { seed: 0, trainFraction: 0.8, mode: "full" });
const optimizer = adamW({ learningRate: 3e-3, weightDecay: 1 });
const state = optimizer.initialise(parameters);
const answer = (batch: Batch) =>
  softmaxCrossEntropy(
    forward(config, parameters, { ...task, ...batch }), // [size, p]
    tf.tensor1d(batch.labels, "int32"),
  );
for (let step = 0; step <= 200; step++) {
  const { gradients, value } = valueAndGradients(parameters, () => answer(data.batch(step)));
  optimizer.step(parameters, gradients, state, step);
  if (step % 100 === 0) console.log(`step ${step}: loss ${(await value.loss.data())[0]}`);
  tf.dispose([gradients, value]);
}
