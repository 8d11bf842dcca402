import type { BuiltInPreset } from "../preset";

/** Of Nanda et al. 2023, and of Liu et al. 2022 on its network. */
export const nandaNetwork = {
  nanda: {
    title: "Addition mod 113, one-layer transformer",
    description:
      "A one-layer transformer without norms, trained on the full batch, learns addition mod 113 by Fourier features.",
    source: "Nanda et al. 2023",
    task: { kind: "modular", op: "+", p: 113, trainFraction: 0.3 },
    model: { architecture: "nanda" },
    optimizer: {
      kind: "adamw",
      lr: 1e-3,
      weightDecay: 1,
      beta1: 0.9,
      beta2: 0.98,
      eps: 1e-8,
      warmupSteps: 10,
    },
    training: {
      steps: 40_000,
      batch: { mode: "full" },
      // Both sources take their losses in double precision.
      lossPrecision: "float64",
      trainMetric: "full",
      evalEvery: 100,
      evalAtStart: true,
    },
  },
  omnigrok: {
    title: "Addition mod 113 at a fixed weight norm",
    description:
      "The network of nanda, begun at .8 of its weights and held at that norm, does not wait to generalise.",
    source: "Liu et al. 2022 (Omnigrok), KindXiaoming/Omnigrok; cadence of evaluation is ours",
    task: { kind: "modular", op: "+", p: 113, trainFraction: 0.3 },
    model: { architecture: "nanda", initialScale: 0.8 },
    optimizer: {
      kind: "adamw",
      lr: 1e-3,
      weightDecay: 0,
      beta1: 0.9,
      beta2: 0.98,
      eps: 1e-8,
      weightNorm: "initial",
    },
    training: {
      steps: 15_000,
      batch: { mode: "full" },
      lossPrecision: "float64",
      trainMetric: "full",
      evalEvery: 10,
      evalAtStart: true,
    },
  },
} as const satisfies Record<string, BuiltInPreset>;
