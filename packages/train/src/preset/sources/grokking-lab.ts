import type { BuiltInPreset } from "../preset";

/** Of taot/grokking-lab. */
export const grokkingLab = {
  mlp: {
    title: "Addition mod 97, embedding MLP",
    description: "A three-layer MLP on a shared embedding memorises early and groks very late.",
    source: "taot/grokking-lab",
    task: { kind: "modular", op: "+", p: 97, trainFraction: 0.45 },
    model: { architecture: "mlp" },
    optimizer: {
      kind: "adamw",
      lr: 1e-3,
      weightDecay: 1e-2,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
    },
    training: {
      steps: 300_000,
      batch: { mode: "replacement", size: 256 },
      trainMetric: "full",
      evalEvery: (trainFraction) => (trainFraction >= 0.4 ? 200 : 500),
      evalAtStart: true,
      checkpointEvery: 5_000,
    },
  },
} as const satisfies Record<string, BuiltInPreset>;
