import type { BuiltInPreset } from "../preset";

/**
 * Pasand and Dohmatob 2025: one hidden layer on one-hot residues by plain gradient descent, with the
 * gradient of its first weight made egalitarian. Initial weights are N(0, 2/fan-in), biases 0, and the
 * output has none.
 */
export const egalitarianPresets = {
  egalitarian: {
    title: "Addition mod 97, egalitarian descent",
    description:
      "An MLP on one-hot residues whose first gradient moves along all its principal directions at one speed: it generalises as it learns, without a plateau.",
    source: "Pasand and Dohmatob 2025, asahebpa/Egalitarian-Gradient-Descent",
    task: { kind: "modular", op: "+", p: 97, trainFraction: 0.5 },
    model: {
      architecture: "order-parameters",
      width: 512,
      alpha: 0,
      initialisation: "fan-in-normal",
      initialScale: Math.SQRT2,
    },
    optimizer: {
      kind: "sgd",
      lr: 0.7,
      momentum: 0,
      weightDecay: 1e-4,
      decay: "loss",
      egalitarian: true,
      parameterGroups: [
        { match: "layers.0.bias", weightDecay: 0 },
        { match: "layers.1.weight", untransformed: true },
        { match: "layers.1.bias", frozen: true },
      ],
    },
    training: {
      loss: "softmax",
      epochs: 300,
      // The source leaves the last part of an epoch out: 9 batches of 512. Nine of at most 523 are all.
      batch: { mode: "epoch", size: 523 },
      trainMetric: "full",
      evalEvery: "epoch",
      evalAtStart: true,
      stopOnGrok: true,
      checkpointEvery: 270,
    },
  },
} as const satisfies Record<string, BuiltInPreset>;
