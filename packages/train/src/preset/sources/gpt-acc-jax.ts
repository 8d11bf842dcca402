import type { BuiltInPreset } from "../preset";

/** Of yhavinga/gpt-acc-jax, and the modular variant in menonpg/tiny-transformers. */
export const gptAccJax = {
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
      "menonpg/tiny-transformers; cadence of evaluation is ours, and that it continues after .999",
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
} as const satisfies Record<string, BuiltInPreset>;
