import "@tensorflow/tfjs-backend-cpu";
import { mlx, nanda, quadratic } from "@grok/models";
import type * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { inspectNeuron, inspectNeurons, readActivations } from "./index";

const values = (tensor: tf.Tensor | undefined) => (tensor as tf.Tensor).dataSync();

describe("inspectNeuron", () => {
  const solution = subjectOf((p) => quadratic(p, { width: 40, initialisation: "analytic" }), {
    p: 11,
    layout: "one-hot",
  });

  it("gives the weights of an MLP's neuron, in and out", async () => {
    const { activations, inputs, outputs } = await inspectNeuron(
      solution,
      { layer: 0, neuron: 7 },
      solution.pairs,
    );
    const into = values(solution.parameters["layers.0.weight"]); // [2p, 40]
    const out = values(solution.parameters["layers.1.weight"]); // [40, p]
    const weights = (operand: number) =>
      Array.from({ length: 11 }, (_, x) => into[(operand * 11 + x) * 40 + 7] as number);
    for (const operand of [0, 1] as const) {
      const own = weights(operand);
      const mean = own.reduce((sum, weight) => sum + weight, 0) / 11;
      own.forEach((weight, x) => {
        expect(inputs[operand][x]).toBeCloseTo(weight - mean, 5);
      });
    }
    expect(outputs).toEqual(out.slice(7 * 11, 8 * 11));
    const [a, b] = [weights(0), weights(1)];
    for (let row = 0; row < 121; row++) {
      const [x, y] = solution.pairs.subarray(2 * row, 2 * row + 2) as unknown as [number, number];
      expect(activations[row]).toBeCloseTo(((a[x] as number) + (b[y] as number)) ** 2, 4);
    }
  });

  it("has the frequency and the phases that inspectNeurons finds", async () => {
    const all = await inspectNeurons(solution, 0, solution.pairs);
    const { wave } = await inspectNeuron(solution, { layer: 0, neuron: 3 }, solution.pairs);
    const { component, ...expected } = all[3] as (typeof all)[number];
    expect(component).toEqual({ kind: "neuron", layer: 0, neuron: 3 });
    expect(wave).toEqual(expected);
  });

  it("goes through the unembedding of a transformer, at the position of the answer", async () => {
    const subject = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
    const { activations, outputs } = await inspectNeuron(
      subject,
      { layer: 0, neuron: 5 },
      subject.pairs,
    );
    const out = values(subject.parameters["layers.0.feedForward.out.weight"]); // [48, 12]
    const unembedding = subject.parameters["unembedding.weight"] as tf.Tensor;
    const last = values(unembedding); // [12, classes]
    const classes = unembedding.shape[1] as number;
    expect(outputs).toHaveLength(classes);
    for (const c of [0, classes - 1]) {
      let expected = 0;
      for (let i = 0; i < 12; i++) {
        expected += (out[5 * 12 + i] as number) * (last[i * classes + c] as number);
      }
      expect(outputs?.[c]).toBeCloseTo(expected, 5);
    }
    const point = "layers.0.feedForward.hidden";
    const { [point]: hidden } = await readActivations(subject, [point]);
    const [, positions, neurons] = hidden.shape as [number, number, number];
    for (const row of [0, 30, 48]) {
      expect(activations[row]).toBe(hidden.values[(row * positions + 2) * neurons + 5]);
    }
  });

  it("says nothing of weights out that other layers follow, and of a frequency without a group", async () => {
    const subject = subjectOf((p) => mlx(p, { dModel: 16, heads: 2, layers: 2 }), {
      layout: "mlx",
    });
    const pairs = subject.pairs;
    const first = await inspectNeuron({ ...subject, group: null }, { layer: 0, neuron: 0 }, pairs);
    expect(first.outputs).toBeNull();
    expect(first.wave).toBeNull();
    const second = await inspectNeuron(subject, { layer: 1, neuron: 0 }, pairs);
    expect(second.outputs).not.toBeNull();
    await expect(inspectNeuron(subject, { layer: 2, neuron: 0 }, pairs)).rejects.toThrow(
      "there is no neuron:2.0",
    );
  });
});
