import type { BuiltInPreset } from "../preset";

/** After stockeh/mlx-grokking. MLX's Adam has no bias correction, and its warm-up begins at 0. */
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
} as const satisfies Partial<BuiltInPreset>;

const source = "stockeh/mlx-grokking";

/** Of stockeh/mlx-grokking and its 419K derivative. */
export const mlxGrokking = {
  mlx: {
    title: "Division mod 97, SwiGLU transformer",
    description:
      "A two-layer transformer with rotary positions, RMSNorm and SwiGLU of hidden width 341, without dropout, learns division mod 97 from half the table and stops when it groks.",
    source: `${source}, at the size of its 419K derivative`,
    model: { architecture: "mlx" },
    ...mlx,
  },
  "mlx-ungated": {
    title: "Division mod 97, ungated transformer",
    description: "As mlx, with a feed-forward of two matrices instead of SwiGLU.",
    source: `${source}, at the size of its 419K derivative`,
    model: { architecture: "mlx-ungated" },
    ...mlx,
  },
  "mlx-swiglu": {
    title: "Division mod 97, the original SwiGLU transformer",
    description: "As mlx, with SwiGLU of hidden width 512 and dropout 0.2 inside it.",
    source,
    model: { architecture: "mlx-swiglu" },
    ...mlx,
  },
} as const satisfies Record<string, BuiltInPreset>;
