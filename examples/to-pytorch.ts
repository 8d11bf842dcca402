// Trains a transformer, and writes the run and what the network answers to all pairs, so that
// pytorch/load_run.py can hold PyTorch's answers against ours:
//
//   npx -y pnpm@12 example to-pytorch && /usr/bin/python3 examples/pytorch/load_run.py runs/to-pytorch
import { writeFile } from "node:fs/promises";
import { useBackend } from "@grok/backend";
import { forward, type Parameters } from "@grok/models";
import { modelOf, resolveExperiment, taskOf, train } from "@grok/train";
import { createRun, readCheckpoint } from "@grok/train/node";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("auto", { threads: 1 });
const flags = { p: 11, "d-model": 32, "n-heads": 2, steps: 50, "eval-every": 50 };
const experiment = resolveExperiment({ preset: "nanda", flags });
const store = await createRun("runs/to-pytorch", experiment);
let file = "";
for await (const event of train(experiment, { store })) {
  if (event.type === "checkpoint") file = `runs/to-pytorch/${event.name}`;
}
await store.close();

const checkpoint = await readCheckpoint(file);
const parameters: Parameters = {};
for (const [name, { data, shape }] of checkpoint.parameters) {
  parameters[name] = tf.tensor(data, [...shape]);
}
const task = taskOf(experiment);
if (task.kind !== "finite") throw new Error("not a finite task");
const dataset = task.dataset();
const { tokens, size } = dataset;
const logits = forward(modelOf(experiment), parameters, dataset); // [size, classes]
const answers = { tokens: [...tokens], length: task.length, logits: [...(await logits.data())] };
await writeFile("runs/to-pytorch/answers.json", JSON.stringify(answers));
console.log(`${file}: ${size} examples answered`);
