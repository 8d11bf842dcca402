import type { TransformerConfig } from "@grok/models";
import * as tf from "@tensorflow/tfjs";
import { lookUp } from "./lookup.ts";

type Variables = Record<string, tf.Tensor>;

/**
 * Logits of the transformer with rotary positions and SwiGLU where answers are read, [answers,
 * classes]; `ids` is int32 [size, length].
 */
export function transformerLogits(
  config: TransformerConfig,
  variables: Variables,
  ids: tf.Tensor,
  answerPositions: readonly number[],
): tf.Tensor2D {
  const { dModel, layers, norm, positions, feedForward } = config;
  if (norm.kind !== "rms" || positions.kind !== "rotary" || !feedForward.gated) {
    throw new RangeError(
      "of the transformers only the one with RMSNorm and SwiGLU is written here",
    );
  }
  const [size, length] = ids.shape as [number, number];
  let x: tf.Tensor = lookUp(variables["tokenEmbedding"] as tf.Tensor2D, ids); // [size · length, dModel]
  for (let layer = 0; layer < layers; layer++) {
    const of = (part: string) => variables[`layers.${layer}.${part}`] as tf.Tensor2D;
    const normed = rmsNorm(x, of("attentionNorm.gain"), norm.eps);
    x = tf.add(x, attention(config, of, normed, size, length));
    const fed = rmsNorm(x, of("feedForwardNorm.gain"), norm.eps);
    const gate = tf.matMul(fed, of("feedForward.gate.weight")); // [rows, hidden]
    const hidden = tf.mul(
      tf.mul(gate, tf.sigmoid(gate)),
      tf.matMul(fed, of("feedForward.in.weight")),
    );
    x = tf.add(x, tf.matMul(hidden as tf.Tensor2D, of("feedForward.out.weight")));
  }
  const states = tf.reshape(x, [size, length, dModel]);
  const read = answerPositions.map((read) => tf.slice(states, [0, read, 0], [size, 1, dModel]));
  const answers = tf.reshape(tf.concat(read, 1), [-1, dModel]); // [answers, dModel]
  const normed = rmsNorm(answers, variables["finalNorm.gain"] as tf.Tensor, norm.eps);
  return tf.matMul(normed, variables["unembedding.weight"] as tf.Tensor2D);
}

function rmsNorm(x: tf.Tensor, gain: tf.Tensor, eps: number): tf.Tensor2D {
  const mean = tf.mean(tf.square(x), -1, true); // [rows, 1]
  return tf.mul(tf.mul(x, tf.rsqrt(tf.add(mean, eps))), gain);
}

function attention(
  { dModel, heads, positions }: TransformerConfig,
  of: (part: string) => tf.Tensor2D,
  x: tf.Tensor2D,
  size: number,
  length: number,
): tf.Tensor2D {
  const base = positions.kind === "rotary" ? positions.base : 0;
  const headWidth = dModel / heads;
  const split = (part: string) => {
    const projected = tf.matMul(x, of(`attention.${part}.weight`)); // [size · length, dModel]
    return tf.transpose(tf.reshape(projected, [size, length, heads, headWidth]), [0, 2, 1, 3]);
  };
  const turn = rotation(length, headWidth, base);
  const q = turn(split("query")); // [size, heads, length, head dModel]
  const k = turn(split("key"));
  const scores = tf.mul(tf.matMul(q, k, false, true), headWidth ** -0.5); // [size, heads, length, length]
  const future = tf.tensor2d(
    Float32Array.from({ length: length * length }, (_, i) =>
      i % length > Math.floor(i / length) ? -1e9 : 0,
    ),
    [length, length],
  );
  const mixed = tf.matMul(tf.softmax(tf.add(scores, future)), split("value"));
  const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [size * length, dModel]);
  return tf.matMul(joined as tf.Tensor2D, of("attention.output.weight"));
}

/** Turns the pairs (2i, 2i + 1) of the last axis by position·base^(−2i/dModel). */
function rotation(length: number, dModel: number, base: number) {
  const angles = Float32Array.from(
    { length: (length * dModel) / 2 },
    (_, i) => Math.floor(i / (dModel / 2)) * base ** ((-2 * (i % (dModel / 2))) / dModel),
  );
  const angle = tf.tensor2d(angles, [length, dModel / 2]);
  const [cos, sin] = [tf.cos(angle), tf.sin(angle)];
  return (x: tf.Tensor): tf.Tensor => {
    const pairs = tf.reshape(x, [...x.shape.slice(0, -1), dModel / 2, 2]);
    const [even, odd] = tf.unstack(pairs, -1) as [tf.Tensor, tf.Tensor];
    const turned = [
      tf.sub(tf.mul(even, cos), tf.mul(odd, sin)),
      tf.add(tf.mul(even, sin), tf.mul(odd, cos)),
    ];
    return tf.reshape(tf.stack(turned, -1), x.shape);
  };
}
