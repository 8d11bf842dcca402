import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { someParameters } from "../test/networks";
import { mlx } from "./architectures/mlx";
import { nanda } from "./architectures/nanda";
import { attentionPatterns } from "./attention-patterns";

describe("attentionPatterns", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it("is causal and sums to 1, for each layer and head", () => {
    const config = mlx(5, { dModel: 8, heads: 2 });
    const parameters = someParameters(config);
    const tokens = Int32Array.of(1, 5, 2, 6, 1, 5, 2, 6, 3, 5, 0, 6);
    const patterns = attentionPatterns(config, parameters, {
      tokens,
      size: 3,
      length: 4,
      answerPositions: [3],
    });
    expect(patterns.map(({ shape }) => shape)).toEqual([
      [3, 2, 4, 4],
      [3, 2, 4, 4],
    ]);
    for (const pattern of patterns) {
      const values = pattern.dataSync() as Float32Array;
      for (let row = 0; row < values.length / 4; row++) {
        const weights = values.subarray(row * 4, row * 4 + 4);
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 6);
        for (let to = (row % 4) + 1; to < 4; to++) expect(weights[to]).toBe(0);
      }
      expect(values.slice(0, 32)).toEqual(values.slice(32, 64));
    }
    tf.dispose([parameters, patterns]);
  });

  it("is softmax(q·k/√e) of the embedded tokens in a network without norms", () => {
    const config = nanda(5, { dModel: 8, heads: 2 });
    const parameters = someParameters(config);
    const tokens = [3, 1, 5];
    const [pattern] = attentionPatterns(config, parameters, {
      tokens: Int32Array.from(tokens),
      size: 1,
      length: 3,
      answerPositions: [2],
    });
    const expected = tf.tidy(() => {
      const x = tf.add(
        tf.gather(parameters.tokenEmbedding as tf.Tensor, tokens),
        parameters.positionEmbedding as tf.Tensor,
      ); // [3, 8]
      const part = (name: string, head: number) =>
        tf.slice(
          tf.matMul(x as tf.Tensor2D, parameters[`layers.0.attention.${name}.weight`] as tf.Tensor),
          [0, 4 * head],
          [3, 4],
        ); // [3, 4]
      return [0, 1].flatMap((head) => {
        const scores = tf.matMul(part("query", head), part("key", head), false, true).arraySync();
        return (scores as number[][]).flatMap((row, from) => {
          const exponents = row.map((s, to) => (to <= from ? Math.exp(s / 2) : 0));
          const sum = exponents.reduce((total, e) => total + e, 0);
          return exponents.map((e) => e / sum);
        });
      }) as unknown as tf.TensorContainer;
    }) as unknown as number[];
    for (const [i, weight] of (pattern as tf.Tensor).dataSync().entries()) {
      expect(weight).toBeCloseTo(expected[i] as number, 5);
    }
    tf.dispose([parameters, pattern as tf.Tensor]);
  });
});
