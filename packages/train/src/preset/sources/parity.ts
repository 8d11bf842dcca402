import type { BuiltInPreset } from "../preset";

/**
 * Merrill et al. 2023: sparse parity by one hidden layer. The source's network has one output; two
 * outputs whose difference counts, multiplied by 1/√2, train by the same steps: (w₁ − w₀)/√2 moves as
 * the source's one row of weights does. Its output has no bias, so that ours stays as it began.
 */
export const parityPresets = {
  parity: {
    title: "The parity of 3 of 40 bits, MLP",
    description:
      "An MLP on 1,000 rows of 40 bits, by hinge loss and plain gradient descent: it memorises them, and over a hundred epochs later a few of its 1,000 neurons take over.",
    source: "Merrill et al. 2023, Tsili42/parity-nn; after Barak et al. 2022",
    task: {
      kind: "parity",
      bits: 40,
      relevant: 3,
      samples: 1_100,
      signs: true,
      trainFraction: 10 / 11,
    },
    model: {
      architecture: "mlp",
      width: 1_000,
      depth: 2,
      activation: "relu",
      initialisation: "pytorch",
      outputScale: Math.SQRT1_2,
    },
    optimizer: {
      kind: "sgd",
      lr: 0.1,
      momentum: 0,
      weightDecay: 0.01,
      parameterGroups: [{ match: "layers.1.bias", frozen: true }],
    },
    training: {
      loss: "hinge",
      epochs: 300,
      batch: { mode: "epoch", size: 32 },
      trainMetric: "full",
      evalEvery: "epoch",
      evalAtStart: true,
      checkpointEvery: 1_600,
    },
    metrics: ["subnetwork"],
  },
} as const satisfies Record<string, BuiltInPreset>;
