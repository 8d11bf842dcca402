import type { BuiltInPreset } from "../preset";

/** Of ChanceSiyuan/grokking. */
export const orderParameters = {
  "order-parameters": {
    title: "Addition mod 97, one-hot MLP",
    description:
      "A two-layer MLP on one-hot operands under full-batch AdamW, whose order parameters change at the transition.",
    source: "ChanceSiyuan/grokking",
    task: { kind: "modular", op: "+", p: 97, trainFraction: 0.3 },
    model: { architecture: "order-parameters" },
    optimizer: { kind: "adamw", lr: 1e-3, weightDecay: 0.1, beta1: 0.9, beta2: 0.999, eps: 1e-8 },
    training: {
      steps: 100_000,
      batch: { mode: "full" },
      trainMetric: "full",
      evalEvery: 100,
      evalAtStart: true,
      checkpointEvery: 5_000,
    },
    seed: 42,
  },
} as const satisfies Record<string, BuiltInPreset>;
