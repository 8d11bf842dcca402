import "@tensorflow/tfjs-backend-cpu";
import { addingNeurons, matrixOf } from "@grok/metrics";
import { nanda, quadratic } from "@grok/models";
import type * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { inspectNeurons, readActivations } from "./index";

const solution = subjectOf((p) => quadratic(p, { width: 40, initialisation: "analytic" }), {
  p: 11,
  layout: "one-hot",
});

describe("inspectNeurons", () => {
  it("finds the frequencies that the analytic solution was made of", async () => {
    const [first, second] = ["layers.0.weight", "layers.1.weight"].map(
      (name) => solution.parameters[name]?.dataSync() as Float32Array,
    ) as [Float32Array, Float32Array];
    const toAnswers = new Float32Array(11 * 40);
    for (let c = 0; c < 11; c++) {
      for (let i = 0; i < 40; i++) toAnswers[c * 40 + i] = second[i * 11 + c] as number;
    }
    const made = addingNeurons([
      matrixOf(first.slice(0, 11 * 40), 11, 40),
      matrixOf(first.slice(11 * 40), 11, 40),
      matrixOf(toAnswers, 11, 40),
    ]);
    const found = await inspectNeurons(solution, 0, solution.pairs);
    expect(found).toHaveLength(40);
    for (const [i, { frequency, explained }] of found.entries()) {
      // A square has twice the frequency along each operand, and the products have the frequency itself.
      const own = made[i]?.frequency as number;
      const doubled = Math.min((2 * own) % 11, 11 - ((2 * own) % 11));
      expect([own, doubled]).toContain(frequency);
      expect(explained).toBeGreaterThan(0.4);
    }
  });

  it("is refused without the group or all of its pairs", async () => {
    await expect(inspectNeurons({ ...solution, group: null }, 0, solution.pairs)).rejects.toThrow(
      "the task is no addition in a cyclic group, so neurons have no frequencies",
    );
    await expect(
      inspectNeurons(
        solution,
        0,
        solution.pairs.map(() => 0),
      ),
    ).rejects.toThrow("neurons need all 121 pairs of the group");
  });
});

describe("readActivations", () => {
  it("gives what points hold in the order of the examples", async () => {
    const subject = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
    const cache = await readActivations(subject, ["tokenEmbedding", "layers.0.attention.pattern"]);
    expect(cache["layers.0.attention.pattern"].shape).toEqual([49, 3, 3, 3]);
    expect(cache["layers.0.attention.pattern"].axes).toEqual(["example", "head", "query", "key"]);
    const table = (subject.parameters.tokenEmbedding as tf.Tensor).dataSync();
    const { values } = cache.tokenEmbedding;
    for (let row = 0; row < 49; row++) {
      const token = subject.examples.tokens[row * 3 + 1] as number;
      const found = values.slice((row * 3 + 1) * 12, (row * 3 + 2) * 12);
      expect(found).toEqual(table.slice(token * 12, (token + 1) * 12));
    }
    const whole = await readActivations(subject);
    expect(Object.keys(whole)).toEqual(subject.network.points.map(({ name }) => name));
  });
});
