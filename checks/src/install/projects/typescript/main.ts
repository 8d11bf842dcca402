// Strict TypeScript: a run of @grok/train, kept in a folder.
import "@tensorflow/tfjs-backend-cpu";
import { type EvaluationRecord, resolveExperiment, train } from "@grok/train";
import { createRun, readRun } from "@grok/train/node";
import * as tf from "@tensorflow/tfjs-core";

await tf.setBackend("cpu");
const experiment = resolveExperiment({
  preset: "mlp",
  flags: { p: 11, width: 16, steps: 60, seed: 1 },
});
const store = await createRun("runs/typed", experiment);
const records: EvaluationRecord[] = [];
for await (const event of train(experiment, { store })) {
  if (event.type === "evaluation") records.push(event.record);
}
await store.close();
const loss: number | null | undefined = records.at(-1)?.train_loss;
console.log(typeof loss); // number
const { summary } = await readRun("runs/typed");
console.log(summary?.steps); // 60
