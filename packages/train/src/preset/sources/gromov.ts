import type { BuiltInPreset } from "../preset";

/** Gromov 2023: squares of one hidden layer under mean squared error, which grok within 50 steps. */
const gromov = {
  task: { kind: "modular", op: "+", p: 97, trainFraction: 0.5 },
  model: { architecture: "quadratic" },
  optimizer: { kind: "adamw", lr: 1e-2, weightDecay: 5, beta1: 0.9, beta2: 0.98, eps: 1e-8 },
  training: {
    loss: "mse",
    steps: 100,
    batch: { mode: "full" },
    trainMetric: "full",
    evalEvery: 1,
    evalAtStart: true,
    checkpointEvery: 20,
  },
} as const satisfies Partial<BuiltInPreset>;

const source = "Gromov 2023, d-doshi/Grokking; cadence of evaluation is ours";

/** Of Gromov 2023. */
export const gromovPresets = {
  quadratic: {
    title: "Addition mod 97, squares",
    description:
      "An MLP that squares its hidden layer, trained on mean squared error: it memorises in 20 steps and groks in 40.",
    source,
    ...gromov,
  },
  "quadratic-analytic": {
    title: "Addition mod 97, analytic weights",
    description:
      "The same MLP with weights that are cosines by formula and never change: it adds without having been trained.",
    source,
    ...gromov,
    model: { ...gromov.model, initialisation: "analytic" },
    optimizer: { ...gromov.optimizer, parameterGroups: [{ match: "*", frozen: true }] },
    training: { ...gromov.training, steps: 1, checkpointEvery: 1 },
  },
} as const satisfies Record<string, BuiltInPreset>;
