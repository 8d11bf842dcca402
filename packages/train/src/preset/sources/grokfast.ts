import type { BuiltInPreset } from "../preset";

/** Lee et al. 2024, ironjr/grokfast: Adam with L2, on a·b mod 97 without b = 0. */
const grokfast = {
  task: { kind: "modular", op: "*1", p: 97, trainFraction: 0.5 },
  model: { architecture: "grokfast" },
  optimizer: {
    kind: "adam",
    lr: 1e-3,
    weightDecay: 0,
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    warmupSteps: 10,
  },
  training: {
    steps: 300_000,
    batch: { mode: "epoch", size: 512 },
    trainMetric: "running",
    evalEvery: "epoch",
    stopOnGrok: true,
  },
} as const satisfies Partial<BuiltInPreset>;

const source = "Lee et al. 2024, ironjr/grokfast; that it stops when it groks is ours";

/** Of Lee et al. 2024. */
export const grokfastPresets = {
  "grokfast-baseline": {
    title: "Multiplication mod 97 under Adam",
    description:
      "A two-layer transformer under Adam without weight decay: what Grokfast is compared with.",
    source,
    ...grokfast,
  },
  "grokfast-ma": {
    title: "Multiplication mod 97, Grokfast-MA",
    description:
      "As grokfast-baseline, with the gradients' mean over a window of 100 added five times.",
    source,
    ...grokfast,
    optimizer: {
      ...grokfast.optimizer,
      weightDecay: 0.01,
      grokfast: { kind: "ma", window: 100, lambda: 5 },
    },
  },
  "grokfast-ema": {
    title: "Multiplication mod 97, Grokfast",
    description: "As grokfast-baseline, with the gradients' exponential average added twice.",
    source,
    ...grokfast,
    optimizer: {
      ...grokfast.optimizer,
      weightDecay: 0.005,
      grokfast: { kind: "ema", alpha: 0.98, lambda: 2 },
    },
  },
} as const satisfies Record<string, BuiltInPreset>;
