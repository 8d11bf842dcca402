import "@tensorflow/tfjs-backend-cpu";
import { binaryTask, randomStream } from "@grok/data";
import { activate, embeddingSum, linear } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { factsOf, p } from "../../test/mlp-facts";
import { type Anatomy, unknownAnatomy } from "./anatomy";
import { computeMeasures, measures, selectMeasures } from "./catalogue";
import { inputWeight, neuronLogitMap } from "./network-weights";
import { type RunContext, Snapshot } from "./snapshot";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("a transformer's parameters", () => {
  const width = 8;
  const anatomy: Anatomy = {
    ...unknownAnatomy,
    words: "a transformer",
    embedding: { parameter: "tokenEmbedding", blocks: 1 },
    neuronsToLogits: [
      { parameter: "layers.0.feedForward.out.weight", transpose: false },
      { parameter: "finalNorm.gain", transpose: false, gain: true },
      { parameter: "unembedding.weight", transpose: false },
    ],
    hidden: true,
    attention: { layers: 1, heads: 1 },
  };
  const stream = randomStream(3, "weights");
  const tensor = (rows: number, columns: number) =>
    tf.tensor2d(stream.normalArray(rows * columns), [rows, columns]);
  /** A stand-in with the same names: the state is the sum of the embeddings and a feed-forward. */
  const parameters = () => ({
    tokenEmbedding: tensor(p + 2, width),
    "layers.0.feedForward.in.weight": tensor(width, 12),
    "layers.0.feedForward.out.weight": tensor(12, width),
    "finalNorm.gain": tf.tensor1d(stream.normalArray(width)),
    "unembedding.weight": tensor(width, p + 2),
  });
  const { pairs } = binaryTask({ operation: "+", p, layout: "one-hot" }).dataset();
  const hidden: RunContext["forward"] = (at, rows) => {
    const ids = Int32Array.from(
      { length: 2 * rows.length },
      (_, i) => 2 + (pairs[2 * (rows[i >> 1] as number) + (i & 1)] as number),
    );
    const sum = embeddingSum(
      at.tokenEmbedding as tf.Tensor,
      tf.tensor2d(ids, [rows.length, 2], "int32"),
    );
    return activate(linear(sum, at["layers.0.feedForward.in.weight"] as tf.Tensor), "relu");
  };
  const context = (changes: Partial<RunContext> = {}) =>
    factsOf("+", {
      anatomy,
      task: { operation: "+", p, firstToken: 2, firstClass: 2 },
      examples: {
        pairs,
        labels: Int32Array.from(
          { length: p * p },
          (_, row) => 2 + (((pairs[2 * row] as number) + (pairs[2 * row + 1] as number)) % p),
        ),
      },
      forward: (at, rows) => {
        const out = linear(hidden(at, rows), at["layers.0.feedForward.out.weight"] as tf.Tensor);
        return linear(out, at["unembedding.weight"] as tf.Tensor);
      },
      hidden,
      ...changes,
    });

  test("has every measure, the kernel by gradients; without hidden activations all but one", async () => {
    const all = context();
    // All except those of an MLP's neurons, of real-valued answers, and what takes minutes.
    const own = measures.filter(
      ({ name, cost }) =>
        cost !== "extreme" && !["ipr", "subnetwork", "target-alignment"].includes(name),
    );
    const values = await computeMeasures(own, new Snapshot(all, parameters()));
    for (const [column, value] of Object.entries(values)) {
      expect([column, Number.isFinite(value)]).toEqual([column, true]);
    }
    const blind = context({ hidden: undefined });
    expect(selectMeasures(["order-parameters"], blind).skipped).toEqual([
      { name: "participation-ratio", reason: "the run does not give hidden activations" },
      { name: "ipr", reason: expect.stringContaining("MLP with one hidden layer") },
    ]);
  });

  test("the weight that elements come in by is their rows, with an order of the elements or without", async () => {
    const own = parameters();
    const want = await tf.slice(own.tokenEmbedding, [2, 0], [p, width]).data();
    for (const task of [
      { operation: "+", p, firstToken: 2 },
      { operation: "s5", p: null, elements: p, firstToken: 2 },
    ]) {
      const { values, rows, columns } = await inputWeight(new Snapshot(context({ task }), own));
      expect([rows, columns]).toEqual([p, width]);
      expect(Array.from(values)).toEqual(Array.from(want));
    }
    const none = context({ task: { operation: "parity", p: null } });
    await expect(inputWeight(new Snapshot(none, own))).rejects.toThrow(
      new RangeError("the task has no operands to embed"),
    );
  });

  test("the map from neurons to logits is W_out · diag(gain) · W_U, transposed, of the numbers", async () => {
    const own = parameters();
    const map = await neuronLogitMap(new Snapshot(context(), own));
    const product = tf.matMul(
      tf.mul(own["layers.0.feedForward.out.weight"], own["finalNorm.gain"]),
      own["unembedding.weight"],
    );
    const want = await tf.transpose(tf.slice(product, [0, 2], [12, p])).data();
    expect([map.rows, map.columns]).toEqual([p, 12]);
    for (const [i, value] of want.entries()) expect(map.values[i]).toBeCloseTo(value, 4);
  });
});
