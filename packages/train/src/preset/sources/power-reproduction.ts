import type { BuiltInPreset } from "../preset";

/** Power et al. 2022, Appendix A.1, after JohanLi233/grokking: steps are counted from 1. */
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
} as const satisfies Partial<BuiltInPreset>;

const source = "Power et al. 2022, Appendix A.1, after JohanLi233/grokking";

/** Of Power et al. 2022 and the codes after it; `custom` begins from the same. */
export const powerReproduction = {
  paper_default: {
    title: "Division mod 97, weight decay 1",
    description:
      "The paper's post-norm ReLU transformer under AdamW with weight decay 1, which groks soon.",
    source,
    ...power,
  },
  paper_late: {
    title: "Division mod 97, no weight decay",
    description:
      "The paper's transformer under Adam without weight decay, which memorises by step 1,000 and groks some 100,000 steps later.",
    source,
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
  custom: {
    title: "Your own",
    description: "The paper's network and training as paper_default, to be changed by flags.",
    source,
    ...power,
  },
} as const satisfies Record<string, BuiltInPreset>;
