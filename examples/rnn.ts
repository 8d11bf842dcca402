// A recurrent network of stock operations: grok train --use examples/rnn.ts --preset rnn
import { defineExtension, defineModel, z } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";

const rnn = defineModel({
  name: "rnn",
  sentence: "an Elman network, which reads one token after another",
  source: "Elman 1990",
  settings: z.strictObject({
    hidden: z.int().min(1).max(4096).default(128).describe("features of the RNN's state"),
  }),
  parameters: ({ hidden }, { vocabulary, classes }) => ({
    embedding: { shape: [vocabulary, hidden], role: "embedding" },
    recurrent: { shape: [hidden, hidden] },
    bias: { shape: [hidden], role: "bias" },
    out: { shape: [hidden, classes] },
  }),
  forward: ({ embedding, recurrent, bias, out }, { tokens, size, length }, { settings }) => {
    const rows = tf.reshape(tf.gather(embedding, tokens), [size, length, settings.hidden]);
    let state: tf.Tensor = tf.zeros([size, settings.hidden]);
    for (const x of tf.unstack(rows, 1)) {
      state = tf.tanh(tf.add(tf.add(x, tf.matMul(state, recurrent)), bias)); // [size, hidden]
    }
    return tf.matMul(state, out); // [size, classes]
  },
  isCausal: true,
  words: "an RNN",
  anatomy: { embedding: { parameter: "embedding", blocks: 1 } }, // for the page's circles
});

const preset = {
  title: "RNN",
  description: "An RNN learns addition mod 23.",
  source: "the example rnn.ts",
  task: { kind: "modular", op: "+", p: 23 },
  model: { architecture: "rnn" },
  optimizer: { kind: "adamw", lr: 1e-3, weightDecay: 1 },
  training: { steps: 3000, batch: { mode: "full" }, evalEvery: 100, checkpointEvery: 500 },
} as const;
export default defineExtension({ name: "rnn", models: [rnn], presets: { rnn: preset } });
