// What the named points of a forward pass cost if nobody looks at them: passes with the checks for
// hooks and passes with these checks cut out, in turns, on one thread.
//   node --conditions=@grok/source --experimental-transform-types --no-warnings \
//     --import ./scripts/from-source.mjs bench/points.mjs [--rounds 200] [--json FILE]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { stopBackend, useBackend } from "@grok/backend";
import { gather } from "@grok/data";
import { assemble, resolveExperiment } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { PointRows } from "../packages/models/src/point/rows.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "200" }, json: { type: "string" } },
});
const rounds = Number(values.rounds);

const exchanged = ["pass", "wants", "within"];
const checked = Object.fromEntries(exchanged.map((name) => [name, PointRows.prototype[name]]));
const cutOut = {
  pass: (_, x) => x,
  wants: () => false,
  within() {
    return this;
  },
};

/** Milliseconds of processor time that passes take. */
function timeOf(pass, count) {
  const began = process.cpuUsage();
  for (let i = 0; i < count; i++) pass();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

await useBackend("wasm", { threads: 1 });
const results = [];
for (const [name, flags] of [
  ["nanda", { p: "23", "d-model": "32" }],
  ["nanda", {}],
  ["mlx", {}],
  ["paper_default", {}],
]) {
  const { network, task, experiment } = assemble(resolveExperiment({ preset: name, flags }));
  const parameters = network.initialise(experiment.seed);
  const dataset = task.dataset();
  const size = Math.min(512, dataset.size);
  const { tokens } = gather(
    dataset,
    Int32Array.from({ length: size }, (_, row) => row),
  );
  const { length, answerPositions } = task;
  const plan = network.plan({ tokens, size, length, answerPositions });
  const pass = () => tf.tidy(() => void network.forward(parameters, plan));
  timeOf(pass, 50);
  const count = Math.max(1, Math.round(20 / (timeOf(pass, 20) / 20)));
  const ratios = [];
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const of = {};
    const order = [
      ["checked", checked],
      ["cutOut", cutOut],
    ];
    if (round % 2 === 1) order.reverse();
    for (const [which, methods] of order) {
      Object.assign(PointRows.prototype, methods);
      // What the engine has compiled is void after the exchange.
      timeOf(pass, Math.max(count, 30));
      of[which] = timeOf(pass, count) / count;
    }
    ratios.push(of.checked / of.cutOut);
    times.push(of.checked);
  }
  Object.assign(PointRows.prototype, checked);
  tf.dispose(parameters);
  const sorted = ratios.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * sorted.length)];
  const result = {
    preset: name,
    flags,
    batch: size,
    passMs: Number(median(times).toFixed(3)),
    ratio: Number(median(ratios).toFixed(4)),
    quartiles: [Number(at(0.25).toFixed(4)), Number(at(0.75).toFixed(4))],
  };
  results.push(result);
  console.log(JSON.stringify(result));
}
await stopBackend();
if (values.json !== undefined) {
  const record = {
    what: "Processor time of a forward pass with the checks for hooks at its points, over that with the checks cut out; nobody looks",
    command: "bench/points.mjs",
    date: new Date().toISOString().slice(0, 10),
    rounds,
    results,
  };
  writeFileSync(values.json, `${JSON.stringify(record, null, 2)}\n`);
}
