// A transformer in TensorFlow.js's stock operations alone, and the proof that ours computes the same.
import { useBackend } from "@grok/backend";
import { forward, initialise, nanda, type Parameters, type TransformerConfig } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";

await useBackend("cpu");

/** Logits at every position: GPT-2's network, with learned positions and norms before each part. */
function transformer(config: TransformerConfig, weights: Parameters, tokens: tf.Tensor2D) {
  const { dModel, heads, layers, norm } = config;
  const [batch, length] = tokens.shape;
  const headWidth = dModel / heads;
  const get = (name: string) => weights[name] as tf.Tensor;
  const linear = (name: string, x: tf.Tensor) =>
    tf.add(
      tf.matMul(x, tf.tile(tf.expandDims(get(`${name}.weight`)), [batch, 1, 1])),
      get(`${name}.bias`),
    );
  const layerNorm = (name: string, x: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, -1, true); // [batch, length, 1]
    const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, norm.eps)));
    return tf.add(tf.mul(normal, get(`${name}.gain`)), get(`${name}.bias`));
  };

  const attention = (name: string, x: tf.Tensor) => {
    const split = (part: string) => {
      const y = tf.reshape(linear(`${name}.${part}`, x), [batch, length, heads, headWidth]);
      return tf.transpose(y, [0, 2, 1, 3]); // [batch, heads, length, headWidth]
    };
    const [q, k, v] = [split("query"), split("key"), split("value")];
    const scores = tf.div(tf.matMul(q, k, false, true), Math.sqrt(headWidth)); // [batch, heads, length, length]
    const future = tf.sub(1, tf.linalg.bandPart(tf.ones([length, length]), -1, 0)); // [length, length]
    const pattern = tf.softmax(tf.sub(scores, tf.mul(future, 1e9))); // [batch, heads, length, length]
    const mixed = tf.transpose(tf.matMul(pattern, v), [0, 2, 1, 3]); // [batch, length, heads, headWidth]
    return linear(`${name}.output`, tf.reshape(mixed, [batch, length, dModel]));
  };
  const mlp = (name: string, x: tf.Tensor) =>
    linear(`${name}.out`, tf.relu(linear(`${name}.in`, x)));

  let residual: tf.Tensor = tf.add(
    tf.gather(get("tokenEmbedding"), tokens),
    tf.slice(get("positionEmbedding"), [0, 0], [length, dModel]),
  ); // [batch, length, dModel]
  for (let layer = 0; layer < layers; layer++) {
    const of = (part: string) => `layers.${layer}.${part}`;
    residual = tf.add(
      residual,
      attention(of("attention"), layerNorm(of("attentionNorm"), residual)),
    );
    residual = tf.add(residual, mlp(of("feedForward"), layerNorm(of("feedForwardNorm"), residual)));
  }
  return linear("unembedding", layerNorm("finalNorm", residual)); // [batch, length, classes]
}

const config = nanda(23, {
  dModel: 32,
  layers: 2,
  norm: { kind: "layer", position: "pre", eps: 1e-5, bias: true },
  finalNorm: true,
  biases: { attention: true, feedForward: true, head: true },
  initStds: { bias: 0.1, attentionBias: 0.1 }, // they would begin at 0
});
const parameters = initialise(config, 0);
const tokens = tf.tensor2d([3, 5, 23, 3, 19, 23, 7, 0, 23, 3, 5, 23], [4, 3], "int32"); // [a, b, =]
const batch = {
  tokens: Int32Array.from(tokens.dataSync()),
  size: 4,
  length: 3,
  answerPositions: [2],
};
const shortcuts = { sharedPrefixes: false, answerOnly: false, tokenTables: false };

const plain = tf.squeeze(tf.slice(transformer(config, parameters, tokens), [0, 2, 0], [4, 1, -1])); // [4, classes]
const differenceOf = (options: { shortcuts?: typeof shortcuts }) => {
  const ours = forward(config, parameters, batch, options); // [4, classes]
  return tf.max(tf.abs(tf.sub(plain, ours))).arraySync() as number;
};
console.log(differenceOf({ shortcuts }) < 1e-5); // true
console.log(differenceOf({}) < 1e-5); // true
