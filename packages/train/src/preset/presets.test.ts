import { describe, expect, it } from "vitest";
import { parseExperiment } from "../experiment/check";
import { listPresets } from "./list";
import { resolveExperiment } from "./resolve";

const parameters: Record<string, number> = {
  mlx: 418_944,
  "mlx-ungated": 419_200,
  "mlx-swiglu": 550_272,
  paper_default: 422_528,
  paper_late: 422_528,
  openai: 455_424,
  mlp: 168_929,
  "order-parameters": 149_601,
  nanda: 226_816,
  "addition-777": 777,
  "tiny-modular": 1_162,
  "grokfast-baseline": 422_784,
  "grokfast-ma": 422_784,
  "grokfast-ema": 422_784,
  "softmax-collapse": 107_800,
  stablemax: 107_800,
  orthograd: 107_800,
  omnigrok: 226_816,
  quadratic: 145_500,
  "quadratic-analytic": 145_500,
  // 40·1,000 + 1,000 + 1,000·2 + 2: a second output, and biases of the outputs that stay as they began.
  parity: 43_002,
  egalitarian: 149_601,
  committee: 50_000,
  custom: 422_528,
};

const constant = { warmupSteps: 0, schedule: { kind: "constant" } };
const mlx = {
  task: { kind: "modular", op: "/", p: 97, trainFraction: 0.5, layout: "mlx" },
  optimizer: {
    kind: "adamw",
    lr: 1e-3,
    weightDecay: 1,
    decay: "zero",
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    biasCorrection: false,
    warmupSteps: 10,
    schedule: { kind: "constant" },
    clip: null,
    grokfast: { kind: "none" },
    orthograd: false,
  },
  training: {
    steps: 5000,
    batch: { mode: "epoch", size: 512 },
    trainMetric: "running",
    evalEvery: 10,
    grokThreshold: 0.95,
    stopOnGrok: true,
    loss: "softmax",
  },
  seed: 0,
};
const power = {
  task: { kind: "modular", op: "/", p: 97, trainFraction: 0.5, layout: "power" },
  optimizer: {
    kind: "adamw",
    lr: 1e-3,
    weightDecay: 1,
    decay: "zero",
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    biasCorrection: true,
    warmupSteps: 10,
    warmupOffset: 1,
    schedule: { kind: "constant" },
  },
  training: {
    batch: { mode: "replacement", size: 512 },
    trainMetric: "full",
    evalAtStart: true,
    stopOnGrok: false,
  },
};
const mlp = { kind: "adamw", lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, ...constant };

const grokfast = (weightDecay: number, filter: object) => ({
  task: { kind: "modular", op: "*1", p: 97, trainFraction: 0.5, layout: "mlx" },
  model: { dModel: 128, heads: 4, layers: 2, mlpMult: 4, dropout: 0, ffnBias: true },
  optimizer: {
    kind: "adam",
    lr: 1e-3,
    weightDecay,
    decay: "l2",
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    biasCorrection: true,
    warmupSteps: 10,
    warmupOffset: 0,
    schedule: { kind: "constant" },
    grokfast: filter,
  },
  training: { steps: 300_000, batch: { mode: "epoch", size: 512 }, evalEvery: 10 },
});
/** The notebook and scripts of d-doshi/Grokking: a full batch, nn.MSELoss on one-hot answers. */
const gromov = (training: object, model: object) => ({
  task: { kind: "modular", op: "+", p: 97, trainFraction: 0.5, layout: "one-hot" },
  model: {
    architecture: "quadratic",
    width: 500,
    depth: 2,
    alpha: 0,
    activation: "square",
    biases: false,
    ...model,
  },
  optimizer: {
    kind: "adamw",
    lr: 0.01,
    weightDecay: 5,
    beta1: 0.9,
    beta2: 0.98,
    eps: 1e-8,
    biasCorrection: true,
    ...constant,
  },
  training: {
    batch: { mode: "full" },
    loss: "mse",
    targetScale: 1,
    targetCenter: 0,
    ...training,
  },
});
const prieto = (optimizer: object, training: object) => ({
  task: { kind: "modular", op: "+", p: 113, trainFraction: 0.4, layout: "one-hot" },
  model: { architecture: "prieto", width: 200, depth: 3, alpha: 0 },
  optimizer: {
    kind: "adamw",
    weightDecay: 0,
    beta1: 0.9,
    biasCorrection: true,
    ...constant,
    ...optimizer,
  },
  training: { batch: { mode: "full" }, ...training },
});

/** What systems.md, or the code that a preset names, says of each. */
const settings: Record<string, object> = {
  mlx: { ...mlx, model: { dModel: 128, heads: 1, layers: 2, dropout: 0 } },
  "mlx-ungated": { ...mlx, model: { dModel: 128, heads: 1, layers: 2, dropout: 0 } },
  "mlx-swiglu": { ...mlx, model: { dModel: 128, heads: 1, layers: 2, dropout: 0.2 } },
  paper_default: { ...power, model: { dModel: 128, heads: 4, layers: 2, mlpMult: 4, dropout: 0 } },
  paper_late: {
    ...power,
    optimizer: { ...power.optimizer, kind: "adam", weightDecay: 0, decay: "l2" },
    training: { ...power.training, steps: 1_000_000 },
  },
  openai: {
    task: { ...power.task, layout: "openai" },
    optimizer: { ...power.optimizer, warmupOffset: 0 },
    training: { batch: { mode: "epoch", size: 512 } },
  },
  mlp: {
    task: { kind: "modular", op: "+", p: 97, layout: "pair" },
    model: { embedDim: 128, width: 256, depth: 3 },
    optimizer: { ...mlp, weightDecay: 1e-2, biasCorrection: true },
    training: {
      batch: { mode: "replacement", size: 256 },
      evalEvery: 200,
      evalAtStart: true,
      trainMetric: "full",
      steps: 300_000,
    },
  },
  "order-parameters": {
    task: { kind: "modular", op: "+", p: 97, trainFraction: 0.3, layout: "one-hot" },
    model: { width: 512, depth: 2, alpha: 0 },
    optimizer: { ...mlp, weightDecay: 0.1, biasCorrection: true },
    training: { batch: { mode: "full" }, evalEvery: 100, steps: 100_000 },
    seed: 42,
  },
  nanda: {
    task: { kind: "modular", op: "+", p: 113, trainFraction: 0.3, layout: "nanda" },
    model: { dModel: 128, heads: 4, layers: 1, mlpMult: 4 },
    optimizer: {
      kind: "adamw",
      lr: 1e-3,
      weightDecay: 1,
      beta1: 0.9,
      beta2: 0.98,
      warmupSteps: 10,
    },
    training: { batch: { mode: "full" }, loss: "softmax", lossPrecision: "float64" },
  },
  "addition-777": {
    task: {
      kind: "addition",
      digits: 10,
      testSize: 10_000,
      curriculum: [
        { steps: 2_000, digits: 3 },
        { steps: 5_000, digits: 6 },
        { steps: 20_000, digits: 10 },
      ],
    },
    model: { dModel: 7, heads: 1, layers: 1, mlpMult: 2 },
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
    training: { steps: 27_000, batch: { mode: "stream", size: 512 } },
  },
  "tiny-modular": {
    task: { kind: "modular", p: 97, layout: "mlx" },
    model: { dModel: 7, heads: 1, layers: 1, mlpMult: 2 },
    optimizer: {
      kind: "adamw",
      lr: 0.02,
      weightDecay: 1,
      beta1: 0.9,
      beta2: 0.98,
      eps: 1e-8,
      biasCorrection: true,
      warmupSteps: 500,
      warmupOffset: 0,
      schedule: { kind: "cosine", finalLr: 1e-5, endStep: 1_000_000 },
      clip: null,
    },
    // 100,000 epochs of 4,704 pairs, 512 at a time.
    training: { steps: 1_000_000, batch: { mode: "epoch", size: 512 }, stopOnGrok: false },
  },
  "grokfast-baseline": grokfast(0, { kind: "none" }),
  "grokfast-ma": grokfast(0.01, { kind: "ma", window: 100, lambda: 5 }),
  "grokfast-ema": grokfast(0.005, { kind: "ema", alpha: 0.98, lambda: 2 }),
  "softmax-collapse": prieto(
    { lr: 5e-4, beta2: 0.99, eps: 1e-30 },
    { steps: 20_000, lossPrecision: "float32" },
  ),
  stablemax: prieto(
    { lr: 0.01, beta2: 0.999, eps: 1e-25 },
    { steps: 80_000, loss: "stablemax", lossPrecision: "float64" },
  ),
  orthograd: prieto(
    { lr: 0.01, beta2: 0.999, eps: 1e-8, orthograd: true },
    { steps: 300, loss: "softmax", lossPrecision: "float32" },
  ),
  omnigrok: {
    task: { kind: "modular", op: "+", p: 113, trainFraction: 0.3, layout: "nanda" },
    model: { architecture: "nanda", initialScale: 0.8 },
    optimizer: {
      ...mlp,
      weightDecay: 0,
      beta2: 0.98,
      biasCorrection: true,
      weightNorm: "initial",
    },
    training: {
      steps: 15_000,
      batch: { mode: "full" },
      loss: "softmax",
      lossPrecision: "float64",
    },
  },
  quadratic: gromov({ steps: 100 }, {}),
  "quadratic-analytic": gromov({ steps: 1 }, { initialisation: "analytic" }),
  parity: {
    task: { kind: "parity", bits: 40, relevant: 3, samples: 1_100, signs: true },
    model: { width: 1_000, depth: 2, activation: "relu", initialisation: "pytorch" },
    optimizer: { kind: "sgd", lr: 0.1, momentum: 0, weightDecay: 0.01, decay: "l2" },
    // 300 epochs of 1,000 examples, 32 at a time.
    training: { steps: 9_600, batch: { mode: "epoch", size: 32 }, evalEvery: 32, loss: "hinge" },
    metrics: ["subnetwork"],
  },
  egalitarian: {
    task: { kind: "modular", op: "+", p: 97, trainFraction: 0.5 },
    model: { width: 512, depth: 2, alpha: 0, activation: "relu", initialScale: Math.SQRT2 },
    optimizer: { kind: "sgd", lr: 0.7, momentum: 0, weightDecay: 1e-4, decay: "loss" },
    // 300 epochs of 4,704 pairs in nine batches.
    training: { steps: 2_700, batch: { mode: "epoch", size: 523 }, loss: "softmax" },
  },
  committee: {
    task: { kind: "polynomial", features: 100, coefficients: [0, 0, 1], samples: 1_550 },
    model: { architecture: "committee", width: 500, curvature: 0.25, outputScale: 1 },
    optimizer: { kind: "sgd", lr: 2.5, momentum: 0, weightDecay: 0 },
    training: { steps: 60_000, batch: { mode: "full" }, loss: "mse" },
  },
  custom: power,
};

describe("presets", () => {
  it("are those of the design, each with its exact number of parameters", () => {
    const listed = listPresets().map(({ name, parameters: count }) => [name, count]);
    expect(Object.fromEntries(listed)).toEqual(parameters);
  });

  it.each(Object.keys(parameters))("%s has the settings of its source", (name) => {
    expect(resolveExperiment({ preset: name })).toMatchObject(settings[name] as object);
  });

  it.each(Object.keys(parameters))("%s survives being written and read", (name) => {
    const experiment = resolveExperiment({ preset: name });
    expect(parseExperiment(JSON.parse(JSON.stringify(experiment)))).toEqual(experiment);
  });

  it("say what they are", () => {
    for (const { title, description, source, task } of listPresets()) {
      for (const text of [title, description, source, task]) expect(text).toMatch(/\S{3}/);
    }
  });
});
