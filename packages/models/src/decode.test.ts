import { RandomSource } from "@grok/ops/conformance";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { someParameters } from "../test/networks";
import { addition777 } from "./architectures/addition";
import { mlx } from "./architectures/mlx";
import { greedyDecode } from "./decode";
import { forward } from "./forward";
import type { TransformerConfig } from "./transformer/config";

/** What a network says after each token of a sequence, from position `from` on. */
function spoken(
  config: TransformerConfig,
  parameters: Record<string, tf.Tensor>,
  tokens: Int32Array,
  size: number,
  from: number,
): number[] {
  const length = tokens.length / size;
  const answerPositions = Array.from({ length: length - from }, (_, i) => from + i);
  const shortcuts = { sharedPrefixes: false, answerOnly: false, tokenTables: false };
  return tf.tidy(() => {
    const logits = forward(
      config,
      parameters,
      { tokens, size, length, answerPositions },
      { shortcuts },
    ); // [answers, classes]
    return Array.from(tf.argMax(logits, 1).dataSync()) as unknown as tf.TensorContainer;
  }) as unknown as number[];
}

describe("greedyDecode", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each([
    ["addition-777", addition777()],
    ["addition, 2 layers", addition777({ layers: 2 })],
    ["mlx", mlx(12, { dModel: 8, context: 9 })],
  ])("%s: each token is what the network says after all before it", async (_name, config) => {
    const parameters = someParameters(config);
    const [size, length, count] = [7, 4, 5];
    const tokens = new RandomSource(1).integers(size * length, config.vocabulary);
    const answers = await greedyDecode(config, parameters, { tokens, size, length }, count);
    const whole = new Int32Array(size * (length + count - 1));
    for (let i = 0; i < size; i++) {
      const row = i * (length + count - 1);
      whole.set(tokens.subarray(i * length, (i + 1) * length), row);
      whole.set(answers.subarray(i * count, (i + 1) * count - 1), row + length);
    }
    expect(Array.from(answers)).toEqual(spoken(config, parameters, whole, size, length - 1));
    // Several of them, or a constant would do.
    expect(new Set(answers).size).toBeGreaterThan(2);

    const options = { batchSize: 3 };
    const input = { tokens, size, length };
    expect(await greedyDecode(config, parameters, input, count, options)).toEqual(answers);
    tf.dispose(parameters);
  });

  it("refuses answers beyond the context", async () => {
    const prompts = { tokens: new Int32Array(30), size: 1, length: 30 };
    await expect(greedyDecode(addition777(), {}, prompts, 7)).rejects.toThrow(
      "30 tokens and 7 to come do not fit the context of 35",
    );
  });
});
