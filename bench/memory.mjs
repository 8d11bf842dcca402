// Trains for long, samples what the process holds, and says how it grows.
//   node --expose-gc bench/memory.mjs --steps 1000000 --samples FILE.jsonl    trains (after a build)
//   node bench/memory.mjs --summary --samples FILE.jsonl                      prints the slopes
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    preset: { type: "string", default: "mlp" },
    steps: { type: "string", default: "1000000" },
    every: { type: "string", default: "1000" },
    threads: { type: "string", default: "1" },
    samples: { type: "string" },
    summary: { type: "boolean", default: false },
    "warm-up": { type: "string", default: "50000" },
  },
});
if (values.samples === undefined) throw new RangeError("--samples FILE.jsonl is needed.");
if (values.summary) {
  const { growthOf } = await import("./src/memory/growth.ts");
  const lines = readFileSync(values.samples, "utf8").trim().split("\n");
  const samples = lines.map((line) => JSON.parse(line));
  console.log(JSON.stringify(growthOf(samples, Number(values["warm-up"])), null, 2));
} else {
  const { sampleMemory } = await import("./src/memory/sample.ts");
  writeFileSync(values.samples, "");
  const { preset, steps, every, threads } = values;
  const run = {
    preset,
    steps: Number(steps),
    every: Number(every),
    threads: Number(threads),
  };
  for await (const sample of sampleMemory(run)) {
    appendFileSync(values.samples, `${JSON.stringify(sample)}\n`);
  }
}
