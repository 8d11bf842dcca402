import { rotaryAngles, rotate } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { PointRows } from "../point/rows";

/** Settings of {@link explicitAttention}. */
export interface ExplicitAttention {
  heads: number;
  rotaryBase?: number;
  /** See `attentionRate` of {@link TransformerConfig}. */
  rate: number;
}

/**
 * Causal attention of plain sequences in stock tfjs operations, which shows its scores and patterns.
 * Scores are q·k/√headWidth of all positions, those to come included, which are masked afterwards.
 *
 * @param q [size · length, heads · headWidth], as are `k` and `v`
 * @param points shows `scores` and `pattern`, [size, heads, length, length]
 * @returns [size · length, heads · headWidth]
 */
export function explicitAttention(
  [q, k, v]: readonly [tf.Tensor, tf.Tensor, tf.Tensor],
  { heads, rotaryBase, rate }: ExplicitAttention,
  points: PointRows,
): tf.Tensor {
  const { length } = points;
  const [rows, width] = q.shape as [number, number];
  const size = rows / length;
  const headWidth = width / heads;
  const byHead = (x: tf.Tensor) =>
    tf.transpose(tf.reshape(x, [size, length, heads, headWidth]), [0, 2, 1, 3]); // [size, heads, length, headWidth]
  let turned = (x: tf.Tensor) => x;
  if (rotaryBase !== undefined) {
    const angles = rotaryAngles(length, headWidth, rotaryBase);
    const cos = tf.tensor2d(angles.cos, [length, headWidth / 2]);
    const sin = tf.tensor2d(angles.sin, [length, headWidth / 2]);
    turned = (x) => rotate(x, cos, sin);
  }
  const products = tf.matMul(turned(byHead(q)), turned(byHead(k)), false, true); // [size, heads, length, length]
  const scores = points.pass("scores", tf.mul(products, headWidth ** -0.5)); // [size, heads, length, length]
  const seen = tf.tensor2d(lowerTriangle(length), [length, length]);
  const masked = tf.sub(scores, tf.mul(tf.sub(1, seen), 1e30)); // [size, heads, length, length]
  const softmax = tf.softmax(masked); // [size, heads, length, length]
  const even = tf.div(seen, tf.sum(seen, 1, true)); // [length, length]
  const mixed = rate === 1 ? softmax : tf.add(tf.mul(softmax, rate), tf.mul(even, 1 - rate)); // [size, heads, length, length]
  const pattern = points.pass("pattern", mixed); // [size, heads, length, length]
  const z = tf.matMul(pattern, byHead(v)); // [size, heads, length, headWidth]
  return tf.reshape(tf.transpose(z, [0, 2, 1, 3]), [rows, width]);
}

/** Ones up to the diagonal, [length · length]. */
function lowerTriangle(length: number): Float32Array {
  return Float32Array.from({ length: length * length }, (_, i) =>
    i % length <= Math.floor(i / length) ? 1 : 0,
  );
}
