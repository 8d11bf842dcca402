import "@tensorflow/tfjs-backend-cpu";
import { measures } from "@grok/metrics";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { collect, tiny } from "../../test/tiny";
import { train } from "../loop/train";
import type { GivenFlags } from "../preset/overrides";
import { ExperimentError } from "./error";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const mlp = { width: 4, "embed-dim": 2 };
const oneHot = { width: 4 };
const transformer = { "d-model": 4, "n-heads": 2, "n-layers": 1 };
const networks: [string, GivenFlags][] = [
  ["mlp", mlp],
  ["mlp", { ...mlp, depth: 1 }],
  ["order-parameters", oneHot],
  ["stablemax", oneHot],
  ["paper_default", transformer],
  ["nanda", transformer],
];

/** Whether a run may have a measure, as its settings are checked before it begins. */
function mayHave(preset: string, flags: GivenFlags, metric: string): boolean {
  try {
    tiny(preset, { ...flags, metrics: metric });
    return true;
  } catch (error) {
    if (error instanceof ExperimentError) return false;
    throw error;
  }
}

/**
 * Measures of thousands of gradients. They see of a task how many examples and answers it has: + and * mod
 * 2 have the same, and + mod 3 has an example more than / mod 3.
 */
const costly = ["learning-coefficient"];
const withCostly = ["+ 2", "/ 3"];

describe.each(networks)("on the smallest tasks, %s with %j", (preset, sizes) => {
  it.each([
    ["+", 2],
    ["+", 3],
    ["*", 2],
    ["/", 3],
  ])("has at its first step every metric that it may have, of %s mod %d", async (op, p) => {
    const flags = { ...sizes, op, p, "train-fraction": 0.5, steps: 1, "eval-every": 1 };
    const left = withCostly.includes(`${op} ${p}`) ? [] : costly;
    const names = measures.map(({ name }) => name).filter((name) => !left.includes(name));
    const metrics = names.filter((name) => mayHave(preset, flags, name));
    const events = await collect(train(tiny(preset, { ...flags, metrics })));
    expect(events.at(-1)).toMatchObject({
      type: "end",
      summary: { status: expect.stringMatching(/finished|grokked/) },
    });
  });
});

it("says before the run why a metric cannot be had", () => {
  expect(() => tiny("mlp", { ...mlp, p: 2, op: "+", metrics: "rqi" })).toThrow(
    "--metrics rqi is not for this run: an embedding of 2 numbers has no parallelograms, for which it takes 3.",
  );
  expect(() => tiny("mlp", { ...mlp, p: 2, op: "+", metrics: "kernel-alignment" })).toThrow(
    /at least 4 validation examples, and this run has 3/,
  );
});
