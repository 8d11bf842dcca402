import type { BuiltInPreset } from "../preset";

/** Prieto et al. 2025: an MLP on the full batch without weight decay; ε small enough not to matter. */
const prieto = {
  task: { kind: "modular", op: "+", p: 113, trainFraction: 0.4 },
  model: { architecture: "prieto" },
  optimizer: { kind: "adamw", lr: 1e-2, weightDecay: 0, beta1: 0.9, beta2: 0.999, eps: 1e-25 },
  training: {
    steps: 80_000,
    batch: { mode: "full" },
    trainMetric: "full",
    evalEvery: 100,
    evalAtStart: true,
    checkpointEvery: 5_000,
  },
} as const satisfies Partial<BuiltInPreset>;

const source =
  "Prieto et al. 2025, LucasPrietoAl/grokking-at-the-edge-of-numerical-stability; cadence of evaluation is ours";

/** Of Prieto et al. 2025. */
export const prietoPresets = {
  "softmax-collapse": {
    title: "Addition mod 113, softmax collapse",
    description:
      "A one-hot MLP without weight decay, whose softmax in single precision rounds all losses to zero before it generalises.",
    source,
    ...prieto,
    optimizer: { ...prieto.optimizer, lr: 5e-4, beta2: 0.99, eps: 1e-30 },
    training: { ...prieto.training, steps: 20_000 },
  },
  stablemax: {
    title: "Addition mod 113, StableMax",
    description:
      "A one-hot MLP that generalises without weight decay, as its loss is by StableMax.",
    source,
    ...prieto,
    // The original computes StableMax in double precision, and softmax by default in single.
    training: { ...prieto.training, loss: "stablemax", lossPrecision: "float64" },
  },
  orthograd: {
    title: "Addition mod 113, ⊥Grad",
    description:
      "A one-hot MLP that generalises at once, as its gradients are made orthogonal to the weights.",
    source,
    ...prieto,
    // The original's wrapper leaves AdamW its own defaults except the learning rate.
    optimizer: { ...prieto.optimizer, eps: 1e-8, orthograd: true },
    training: { ...prieto.training, steps: 300, evalEvery: 10, checkpointEvery: 100 },
  },
} as const satisfies Record<string, BuiltInPreset>;
