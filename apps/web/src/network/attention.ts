import { type Dataset, gather, randomStream } from "@grok/data";
import type { Network, Parameters, TokenBatch } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import type { AttentionScene } from "./scene";
import type { AttentionView } from "./view";

/** Some examples as a batch, for looking at attention. */
export function batchOf(dataset: Dataset, rows: Int32Array): TokenBatch {
  const { tokens, size } = gather(dataset, rows);
  const { length, answerPositions } = dataset;
  return { tokens, size, length, answerPositions };
}

/** The examples over which attention is averaged: the same at every step. */
export function someRows(dataset: Dataset, count: number, seed: number): Int32Array {
  const order = randomStream(seed, "page-attention").permutation(dataset.size);
  return order.slice(0, count);
}

/**
 * How much each position attends to each, over the examples of a batch on average.
 *
 * @returns [layer, head, from, to], positions as far as the scene goes
 */
export async function meanAttention(
  network: Network,
  parameters: Parameters,
  batch: TokenBatch,
  { positions, heads }: AttentionScene,
): Promise<Float32Array> {
  const means = tf.tidy(() => {
    const patterns = network.attention?.(parameters, batch) ?? []; // layers × [size, heads, from, to]
    const seen = positions.length;
    const layers = patterns.map((pattern) => {
      const part = tf.slice(pattern, [0, 0, 0, 0], [batch.size, heads, seen, seen]);
      return tf.mean(part, 0); // [heads, from, to]
    });
    return tf.stack(layers); // [layers, heads, from, to]
  });
  const values = Float32Array.from(await means.data());
  means.dispose();
  return values;
}

/** In 255ths. */
export function attentionView(means: Float32Array): AttentionView {
  return Uint8Array.from(means, (share) => Math.round(255 * share));
}
