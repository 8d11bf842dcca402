import type { Preset } from "./preset";

/** System 0: after stockeh/mlx-grokking. MLX's Adam has no bias correction, and its warm-up begins at 0. */
const mlx = {
  task: { kind: "modular", op: "/", p: 97, trainFraction: 0.5 },
  optimizer: {
    kind: "adamw",
    lr: 1e-3,
    weightDecay: 1,
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    biasCorrection: false,
    warmupSteps: 10,
  },
  training: {
    epochs: 500,
    batch: { mode: "epoch", size: 512 },
    trainMetric: "running",
    evalEvery: "epoch",
    stopOnGrok: true,
    checkpointEvery: 500,
  },
} as const satisfies Partial<Preset>;

/** System 1: Power et al. 2022, Appendix A.1, after JohanLi233/grokking: steps are counted from 1. */
const power = {
  task: { kind: "modular", op: "/", p: 97, trainFraction: 0.5 },
  model: { architecture: "power" },
  optimizer: {
    kind: "adamw",
    lr: 1e-3,
    weightDecay: 1,
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    warmupSteps: 10,
    warmupOffset: 1,
  },
  training: {
    steps: 10_000,
    batch: { mode: "replacement", size: (trainSize) => Math.min(512, Math.floor(trainSize / 2)) },
    trainMetric: "full",
    evalEvery: 100,
    evalAtStart: true,
  },
} as const satisfies Partial<Preset>;

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
} as const satisfies Partial<Preset>;

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
} as const satisfies Partial<Preset>;

const systemZero = "stockeh/mlx-grokking";
const leeEtAl = "Lee et al. 2024, ironjr/grokfast; that it stops when it groks is ours";
const prietoEtAl =
  "Prieto et al. 2025, LucasPrietoAl/grokking-at-the-edge-of-numerical-stability; cadence of evaluation is ours";
const systemOne = "Power et al. 2022, Appendix A.1, after JohanLi233/grokking";

/** Every preset, by name. */
export const presets = {
  mlx: {
    title: "Division mod 97, SwiGLU transformer",
    description:
      "A two-layer transformer with rotary positions, RMSNorm and SwiGLU of hidden width 341, without dropout, learns division mod 97 from half the table and stops when it groks.",
    source: `${systemZero}, at the size of its 419K derivative`,
    model: { architecture: "mlx" },
    ...mlx,
  },
  "mlx-ungated": {
    title: "Division mod 97, ungated transformer",
    description: "As mlx, with a feed-forward of two matrices instead of SwiGLU.",
    source: `${systemZero}, at the size of its 419K derivative`,
    model: { architecture: "mlx-ungated" },
    ...mlx,
  },
  "mlx-swiglu": {
    title: "Division mod 97, the original SwiGLU transformer",
    description: "As mlx, with SwiGLU of hidden width 512 and dropout 0.2 inside it.",
    source: systemZero,
    model: { architecture: "mlx-swiglu" },
    ...mlx,
  },
  paper_default: {
    title: "Division mod 97, weight decay 1",
    description:
      "The paper's post-norm ReLU transformer under AdamW with weight decay 1, which groks soon.",
    source: systemOne,
    ...power,
  },
  paper_late: {
    title: "Division mod 97, no weight decay",
    description:
      "The paper's transformer under Adam without weight decay, which memorises by step 1,000 and groks some 100,000 steps later.",
    source: systemOne,
    ...power,
    optimizer: { ...power.optimizer, kind: "adam", weightDecay: 0 },
    training: {
      ...power.training,
      steps: 1_000_000,
      evalEvery: 1_000,
      checkpointEvery: 10_000,
    },
  },
  openai: {
    title: "Division mod 97, the paper's own code",
    description:
      "The network, vocabulary of 239 and end-of-sequence answer of the paper's own code, with weight decay 1.",
    source: "openai/grok; steps, cadence of evaluation and weight decay are ours",
    ...power,
    model: { architecture: "openai" },
    // Its scheduler counts updates from 0.
    optimizer: { ...power.optimizer, warmupOffset: 0 },
    training: {
      steps: 100_000,
      batch: { mode: "epoch", size: (trainSize) => Math.min(512, Math.ceil(trainSize / 2)) },
      trainMetric: "full",
      evalEvery: 100,
      evalAtStart: true,
    },
  },
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
      trainMetric: "full",
      evalEvery: 100,
      evalAtStart: true,
    },
  },
  "addition-777": {
    title: "Ten-digit addition with 777 parameters",
    description:
      "A transformer of 777 parameters learns ten-digit addition, answer reversed, from a stream of new examples in a curriculum.",
    source: "yhavinga/gpt-acc-jax",
    task: {
      kind: "addition",
      digits: 10,
      testSize: 10_000,
    },
    model: { architecture: "addition-777" },
    optimizer: {
      kind: "adamw",
      lr: 0.02,
      weightDecay: 0.01,
      beta1: 0.9,
      beta2: 0.999,
      eps: 1e-8,
      warmupSteps: 1_350,
      schedule: { kind: "cosine", finalLr: 0.002, endStep: 27_000 },
      clip: 1,
    },
    training: {
      steps: 27_000,
      batch: { mode: "stream", size: 512 },
      trainMetric: "running",
      evalEvery: 500,
    },
  },
  "tiny-modular": {
    title: "Addition mod 97 with 1,162 parameters",
    description: "The block of addition-777 on addition mod 97; whether it groks is not reported.",
    source:
      "menonpg/tiny-transformers; cadence of evaluation is ours, and that it goes on after .999",
    task: { kind: "modular", op: "+", p: 97, trainFraction: 0.5 },
    model: { architecture: "tiny-modular" },
    optimizer: {
      kind: "adamw",
      lr: 0.02,
      weightDecay: 1,
      beta1: 0.9,
      beta2: 0.98,
      eps: 1e-8,
      // 50 epochs of 10 steps, and all 100,000.
      warmupSteps: 500,
      schedule: { kind: "cosine", finalLr: 1e-5, endStep: 1_000_000 },
    },
    training: {
      epochs: 100_000,
      batch: { mode: "epoch", size: 512 },
      trainMetric: "running",
      evalEvery: 1_000,
      checkpointEvery: 50_000,
    },
  },
  "grokfast-baseline": {
    title: "Multiplication mod 97 under Adam",
    description:
      "A two-layer transformer under Adam without weight decay: what Grokfast is compared with.",
    source: leeEtAl,
    ...grokfast,
  },
  "grokfast-ma": {
    title: "Multiplication mod 97, Grokfast-MA",
    description:
      "As grokfast-baseline, with the gradients' mean over a window of 100 added five times.",
    source: leeEtAl,
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
    source: leeEtAl,
    ...grokfast,
    optimizer: {
      ...grokfast.optimizer,
      weightDecay: 0.005,
      grokfast: { kind: "ema", alpha: 0.98, lambda: 2 },
    },
  },
  "softmax-collapse": {
    title: "Addition mod 113, softmax collapse",
    description:
      "A one-hot MLP without weight decay, whose softmax in single precision rounds all losses to zero before it generalises.",
    source: prietoEtAl,
    ...prieto,
    optimizer: { ...prieto.optimizer, lr: 5e-4, beta2: 0.99, eps: 1e-30 },
    training: { ...prieto.training, steps: 20_000 },
  },
  stablemax: {
    title: "Addition mod 113, StableMax",
    description:
      "A one-hot MLP that generalises without weight decay, as its loss is by StableMax.",
    source: prietoEtAl,
    ...prieto,
    training: { ...prieto.training, loss: "stablemax" },
  },
  orthograd: {
    title: "Addition mod 113, ⊥Grad",
    description:
      "A one-hot MLP that generalises at once, as its gradients are made orthogonal to the weights.",
    source: prietoEtAl,
    ...prieto,
    // The original's wrapper leaves AdamW its own defaults but for the learning rate.
    optimizer: { ...prieto.optimizer, eps: 1e-8, orthograd: true },
    training: { ...prieto.training, steps: 300, evalEvery: 10, checkpointEvery: 100 },
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
      trainMetric: "full",
      evalEvery: 10,
      evalAtStart: true,
    },
  },
  custom: {
    title: "Your own",
    description: "The paper's network and training as paper_default, to be changed by flags.",
    source: systemOne,
    ...power,
  },
} as const satisfies Record<string, Preset>;

/** The name of a preset. */
export type PresetName = keyof typeof presets;

/** What runs where no preset is named. */
export const defaultPreset: PresetName = "mlx";
