import type * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "./batch";
import { forward } from "./forward";
import type { Parameters } from "./parameters/draw";
import type { TransformerConfig } from "./transformer/config";

/** Settings of {@link greedyDecode}. */
export interface DecodeOptions {
  /** Prompts that are worked on at once; default 2,048, which bounds the memory. */
  batchSize?: number;
}

/**
 * Continues prompts, each time by the most likely token (the first of equal ones).
 *
 * Nothing is kept between tokens: with the shortcuts on, only the newest position is computed in
 * the last layer, and of the first one only what differs between prompts.
 *
 * @param prompts token ids, `size` prompts of `length` tokens each
 * @param count tokens to add to each
 * @returns the added tokens, [size · count]
 * @throws RangeError if prompt and answer exceed the context, or a token does not fit
 */
export async function greedyDecode(
  config: TransformerConfig,
  parameters: Parameters,
  { tokens, size, length }: Pick<TokenBatch, "tokens" | "size" | "length">,
  count: number,
  { batchSize = 2048 }: DecodeOptions = {},
): Promise<Int32Array> {
  if (length + count - 1 > config.context) {
    throw new RangeError(
      `${length} tokens and ${count} to come do not fit the context of ${config.context}`,
    );
  }
  const answers = new Int32Array(size * count);
  for (let start = 0; start < size; start += batchSize) {
    const n = Math.min(batchSize, size - start);
    let batch = tokens.slice(start * length, (start + n) * length);
    for (let step = 0; step < count; step++) {
      const at = length + step;
      const input = { tokens: batch, size: n, length: at, answerPositions: [at - 1] };
      const next = await largest(forward(config, parameters, input)); // [n]
      const longer = new Int32Array(n * (at + 1));
      for (let i = 0; i < n; i++) {
        longer.set(batch.subarray(i * at, (i + 1) * at), i * (at + 1));
        longer[i * (at + 1) + at] = next[i] as number;
        answers[(start + i) * count + step] = next[i] as number;
      }
      batch = longer;
    }
  }
  return answers;
}

/** The place of each row's largest number; disposes of the logits. */
async function largest(logits: tf.Tensor2D): Promise<Int32Array> {
  const [rows, classes] = logits.shape;
  const values = await logits.data();
  logits.dispose();
  const places = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let best = 0;
    for (let i = 1; i < classes; i++) {
      if ((values[row * classes + i] as number) > (values[row * classes + best] as number))
        best = i;
    }
    places[row] = best;
  }
  return places;
}
