import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { growthOf } from "./growth";
import { type MemorySample, sampleMemory } from "./sample";
import type { Slope } from "./slope";

/**
 * Bytes per step that a run may grow by. One object forgotten in each step is some 100 bytes of heap,
 * one tensor a few hundred; results/memory.json has what a million steps take.
 */
const budget = { heap: 64, external: 256, wasm: 0 };

/** What a slope is at the least, except one time in a thousand. */
const least = ({ value, standardError }: Slope) => value - 3 * standardError;

it("a run on wasm grows by no more than its budget, checkpoints and evaluations included", async () => {
  setFlagsFromString("--expose-gc");
  globalThis.gc ??= runInNewContext("gc") as typeof globalThis.gc;
  // Small, so that what does not depend on size is seen over many steps.
  const flags = { p: 11, width: 16, "embed-dim": 8, "checkpoint-every": 500 };
  const run = { preset: "mlp", flags, steps: 8000, every: 200, threads: 1 };
  const samples: MemorySample[] = [];
  for await (const sample of sampleMemory(run)) samples.push(sample);
  const { bytesPerStep, tensorsConstant } = growthOf(samples, 3000);
  console.log(JSON.stringify(bytesPerStep));
  expect(tensorsConstant).toBe(true);
  expect(least(bytesPerStep.heap)).toBeLessThanOrEqual(budget.heap);
  expect(least(bytesPerStep.external)).toBeLessThanOrEqual(budget.external);
  expect(bytesPerStep.wasm.value).toBe(budget.wasm);
});
