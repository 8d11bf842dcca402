// Whether thousands of steps on WebGPU grow the device's memory or the number of tensors; after a build:
//   node bench/webgpu-growth.mjs --steps 5000
import { parseArgs } from "node:util";
import { startWebgpu, stopBackend } from "@grok/backend";
import { resolveExperiment, train } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";

const { values } = parseArgs({ options: { steps: { type: "string", default: "5000" } } });
const steps = Number(values.steps);
const host = await startWebgpu({ allowSoftware: true });
const flags = { p: 7, width: 8, "embed-dim": 4, "batch-size": 9, steps, "stop-on-grok": false };
const experiment = resolveExperiment({
  preset: "mlp",
  flags: {
    ...flags,
    "eval-every": Math.ceil(steps / 10),
    "checkpoint-every": 0,
    backend: "webgpu",
  },
});
const seen = [];
const measure = (_parameters, step) => {
  const bytes = host.backend.bufferManager.numBytesAllocated + host.ownBytes;
  const { numTensors } = tf.memory();
  const { dispatches, submits, pipelines } = host.counters;
  seen.push({ step, bytes, numTensors, dispatches, submits, pipelines });
  process.stdout.write(`${JSON.stringify(seen.at(-1))}\n`);
  return {};
};
for await (const event of train(experiment, { measure })) {
  if (event.type === "end" && event.cause !== undefined) throw event.cause;
}
await stopBackend();
// The first evaluations fill the pools.
const [, , from] = seen;
const to = seen.at(-1);
const grown = to.bytes !== from.bytes || to.numTensors !== from.numTensors;
process.stdout.write(`${grown ? "grown" : "not grown"} from step ${from.step} to ${to.step}\n`);
process.exit(grown ? 1 : 0);
