import { initialValues } from "@grok/models";
import { describe, expect, it } from "vitest";
import { assemble } from "../experiment/assembly";
import { dataOf, modelOf, taskOf } from "../experiment/build";
import { type PresetName, presets } from "./presets";
import { resolveExperiment } from "./resolve";

/** What the systems' texts and code say of how a run begins, by preset. */
interface Facts {
  /** Training and validation examples. */
  sizes: [train: number | null, validation: number];
  /** Sizes of the batches of one epoch; of the first steps where epochs are none. */
  batches: number[];
  /** Whether no example comes twice in an epoch. */
  isShuffled: boolean;
  /** Tokens fed, and the positions where answers are read. */
  fed: number;
  answerPositions: number[];
  /** Logits per answer. */
  classes: number;
  /** The learning rates of steps, counted from 0. */
  rates: Record<number, number>;
}

const ten = [...Array.from({ length: 9 }, () => 512), 48];
const mlx: Facts = {
  sizes: [4656, 4656],
  batches: ten,
  isShuffled: true,
  fed: 4,
  answerPositions: [3],
  classes: 99,
  rates: { 0: 0, 1: 1e-4, 9: 9e-4, 10: 1e-3, 4000: 1e-3 },
};
const power: Facts = {
  sizes: [4656, 4656],
  batches: [512, 512, 512],
  isShuffled: false,
  fed: 5,
  answerPositions: [3],
  classes: 99,
  rates: { 0: 1e-4, 1: 2e-4, 8: 9e-4, 9: 1e-3, 10: 1e-3, 1e5: 1e-3 },
};
/** Prieto et al. take ⌊.4·12,769⌋ of the pairs. */
const prieto = (rate: number): Facts => ({
  sizes: [5107, 7662],
  batches: [5107],
  isShuffled: true,
  fed: 2,
  answerPositions: [1],
  classes: 113,
  rates: { 0: rate, 1: rate, 10: rate, 299: rate },
});
/** Gromov takes ⌊.5·9,409⌋ of the pairs. */
const quadratic: Facts = {
  sizes: [4704, 4705],
  batches: [4704],
  isShuffled: true,
  fed: 2,
  answerPositions: [1],
  classes: 97,
  rates: { 0: 0.01, 1: 0.01, 99: 0.01 },
};
const nanda: Facts = {
  sizes: [3830, 8939],
  batches: [3830],
  isShuffled: true,
  fed: 3,
  answerPositions: [2],
  classes: 114,
  rates: { 0: 0, 1: 1e-4, 10: 1e-3, 40_000: 1e-3 },
};

const facts: Record<PresetName, Facts> = {
  mlx,
  "mlx-ungated": mlx,
  "mlx-swiglu": mlx,
  paper_default: power,
  paper_late: power,
  custom: power,
  openai: {
    ...power,
    batches: ten,
    isShuffled: true,
    fed: 6,
    answerPositions: [4, 5],
    classes: 239,
    rates: mlx.rates,
  },
  mlp: {
    // ⌊.45·9,409⌋.
    sizes: [4234, 5175],
    batches: [256, 256, 256],
    isShuffled: false,
    fed: 2,
    answerPositions: [1],
    classes: 97,
    rates: { 0: 1e-3, 1: 1e-3, 10: 1e-3, 299_999: 1e-3 },
  },
  "order-parameters": {
    sizes: [2822, 6587],
    batches: [2822],
    isShuffled: true,
    fed: 2,
    answerPositions: [1],
    classes: 97,
    rates: { 0: 1e-3, 1: 1e-3, 10: 1e-3, 99_999: 1e-3 },
  },
  nanda,
  "addition-777": {
    sizes: [null, 10_000],
    batches: [512, 512, 512],
    isShuffled: false,
    fed: 33,
    answerPositions: [21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32],
    classes: 14,
    rates: {
      0: 0,
      1: 0.02 / 1350,
      10: 0.2 / 1350,
      1350: 0.02,
      // Half of the cosine.
      14_175: 0.011,
      27_000: 0.002,
    },
  },
  "tiny-modular": {
    sizes: [4704, 4705],
    batches: [...Array.from({ length: 9 }, () => 512), 96],
    isShuffled: true,
    fed: 4,
    answerPositions: [3],
    classes: 99,
    rates: { 0: 0, 1: 0.02 / 500, 10: 0.2 / 500, 500: 0.02, 1e6: 1e-5 },
  },
  "grokfast-baseline": mlx,
  "grokfast-ma": mlx,
  "grokfast-ema": mlx,
  "softmax-collapse": prieto(5e-4),
  stablemax: prieto(0.01),
  orthograd: prieto(0.01),
  omnigrok: { ...nanda, rates: { 0: 1e-3, 1: 1e-3, 10: 1e-3 } },
  quadratic,
  "quadratic-analytic": quadratic,
  parity: {
    sizes: [1000, 100],
    batches: [...Array.from({ length: 31 }, () => 32), 8],
    isShuffled: true,
    fed: 0,
    answerPositions: [0],
    classes: 2,
    rates: { 0: 0.1, 1: 0.1, 9_599: 0.1 },
  },
  egalitarian: {
    sizes: [4704, 4705],
    batches: [...Array.from({ length: 8 }, () => 523), 520],
    isShuffled: true,
    fed: 2,
    answerPositions: [1],
    classes: 97,
    rates: { 0: 0.7, 1: 0.7, 999: 0.7 },
  },
  committee: {
    sizes: [550, 1000],
    batches: [550],
    isShuffled: true,
    fed: 0,
    answerPositions: [0],
    classes: 0,
    rates: { 0: 2.5, 1: 2.5, 59_999: 2.5 },
  },
};

describe("how a preset's run begins", () => {
  it.each(Object.entries(facts))(
    "%s: data, batches, positions read, learning rates",
    (name, is) => {
      const experiment = resolveExperiment({ preset: name });
      const task = taskOf(experiment);
      expect(task.length).toBe(is.fed);
      expect(task.answerPositions).toEqual(is.answerPositions);
      expect(task.values > 0 ? 0 : modelOf(experiment).classes).toBe(is.classes);

      const data = dataOf(experiment);
      expect([data.trainSize, data.validationSet.size]).toEqual(is.sizes);
      const batches = is.batches.map((_, step) => data.batch(step));
      expect(batches.map(({ size }) => size)).toEqual(is.batches);
      const inputsOf = ({ tokens, features }: (typeof batches)[number]) =>
        task.features > 0 ? features : tokens;
      const fed = task.features || is.fed;
      const examples = batches.flatMap((batch) =>
        Array.from({ length: batch.size }, (_, i) =>
          inputsOf(batch)
            .subarray(i * fed, (i + 1) * fed)
            .join(),
        ),
      );
      if (is.isShuffled) {
        expect(data.stepsPerEpoch).toBe(is.batches.length);
        expect(new Set(examples).size).toBe(is.sizes[0]);
        const next = inputsOf(data.batch(is.batches.length));
        const isFull = is.batches.length === 1;
        expect(next.join() === inputsOf(data.batch(0)).join()).toBe(isFull);
      } else if (is.sizes[0] !== null) {
        // Independent draws of 1,536 from 4,656: that none comes twice has a chance of 10⁻¹²⁰.
        expect(new Set(examples).size).toBeLessThan(examples.length);
      }

      const factor = assemble(experiment).schedule();
      for (const [step, rate] of Object.entries(is.rates)) {
        expect(experiment.optimizer.lr * factor(Number(step)), `step ${step}`).toBeCloseTo(
          rate,
          12,
        );
      }
    },
  );

  it("division leaves b = 0 out, and so does Grokfast's product", () => {
    for (const preset of ["mlx", "paper_default", "grokfast-ema"]) {
      const experiment = resolveExperiment({ preset });
      const data = dataOf(experiment);
      const { length } = taskOf(experiment);
      const b = [data.trainSet(0), data.validationSet].flatMap(({ tokens, size }) =>
        Array.from({ length: size }, (_, i) => tokens[i * length + 2]),
      );
      expect(b).toHaveLength(9312);
      expect(Math.min(...(b as number[]))).toBe(1);
    }
  });

  it("every preset is here", () => {
    expect(Object.keys(facts).sort()).toEqual(Object.keys(presets).sort());
  });
});

/** Root mean square or largest size of initial tensors, worked out from each original's code. */
const initial: [preset: PresetName, tensor: string, kind: "rms" | "bound", value: number][] = [
  // mlx.nn.Embedding: N(0, 1/d); mlx.nn.Linear: U(±1/√fan-in).
  ["mlx", "tokenEmbedding", "rms", 0.08839],
  ["mlx", "layers.0.attention.query.weight", "bound", 0.08839],
  ["mlx", "layers.1.feedForward.out.weight", "bound", 0.05415],
  ["mlx-ungated", "layers.1.feedForward.out.weight", "bound", 0.04419],
  ["mlx-swiglu", "layers.0.feedForward.gate.weight", "bound", 0.08839],
  // nn.Embedding: N(0, 1); nn.MultiheadAttention: Xavier on [384, 128], √(6/512).
  ["paper_default", "tokenEmbedding", "rms", 1],
  ["paper_default", "positionEmbedding", "rms", 1],
  ["paper_default", "layers.0.attention.value.weight", "bound", 0.10825],
  ["paper_default", "layers.0.attention.output.weight", "bound", 0.08839],
  ["paper_late", "layers.1.feedForward.out.weight", "bound", 0.04419],
  ["paper_late", "layers.1.feedForward.out.bias", "bound", 0.04419],
  ["paper_late", "layers.1.attention.key.bias", "bound", 0],
  ["paper_late", "unembedding.weight", "bound", 0.08839],
  ["openai", "layers.0.attention.query.weight", "bound", 0.08839],
  ["mlp", "embedding", "rms", 1],
  ["mlp", "layers.0.weight", "bound", 0.0625],
  ["mlp", "layers.2.bias", "bound", 0.0625],
  // N(0, 1/194) and N(0, 1/512).
  ["order-parameters", "layers.0.weight", "rms", 0.0718],
  ["order-parameters", "layers.1.weight", "rms", 0.04419],
  ["order-parameters", "layers.0.bias", "bound", 0],
  // N(0, 1/128), the unembedding N(0, 1/114).
  ["nanda", "tokenEmbedding", "rms", 0.08839],
  ["nanda", "layers.0.feedForward.out.weight", "rms", 0.08839],
  ["nanda", "unembedding.weight", "rms", 0.09366],
  ["omnigrok", "layers.0.attention.key.weight", "rms", 0.8 * 0.08839],
  ["omnigrok", "unembedding.weight", "rms", 0.8 * 0.09366],
  // flax: embeddings N(0, 1/7), lecun-normal 1/√7 and 1/√14, cut off at two deviations of .87963.
  ["addition-777", "tokenEmbedding", "rms", 0.37796],
  ["addition-777", "positionEmbedding", "rms", 0.37796],
  ["addition-777", "layers.0.attention.query.weight", "rms", 0.37796],
  ["addition-777", "layers.0.feedForward.out.weight", "rms", 0.26726],
  ["addition-777", "layers.0.attentionNorm.gain", "rms", 1],
  ["addition-777", "layers.0.attentionNorm.bias", "bound", 0],
  ["tiny-modular", "tokenEmbedding", "rms", 0.02],
  ["tiny-modular", "layers.0.feedForward.in.weight", "bound", 0.37796],
  ["grokfast-ma", "tokenEmbedding", "rms", 1],
  ["grokfast-ma", "layers.1.attention.query.weight", "bound", 0.10825],
  ["grokfast-ma", "layers.1.feedForward.in.bias", "bound", 0.08839],
  ["stablemax", "layers.0.weight", "bound", 0.06652],
  ["orthograd", "layers.2.weight", "bound", 0.07071],
  ["quadratic", "layers.0.weight", "rms", 0.05],
  ["quadratic", "layers.1.weight", "rms", 0.05],
  // nn.Linear of 40 and of 1,000 features.
  ["parity", "layers.0.weight", "bound", 0.15811],
  ["parity", "layers.0.bias", "bound", 0.15811],
  ["parity", "layers.1.weight", "bound", 0.03162],
  // N(0, 2/194) and N(0, 2/512).
  ["egalitarian", "layers.0.weight", "rms", 0.10153],
  ["egalitarian", "layers.1.weight", "rms", 0.0625],
  ["egalitarian", "layers.0.bias", "bound", 0],
];

describe("initial weights of a preset", () => {
  it.each(initial)("%s: %s has the %s of its original", (preset, tensor, kind, value) => {
    const config = modelOf(resolveExperiment({ preset }));
    const drawn = [0, 1, 2].flatMap((seed) => {
      const found = initialValues(config, seed).find(({ name }) => name === tensor);
      return [...(found?.values ?? [Number.NaN])];
    });
    const n = drawn.length;
    if (kind === "rms") {
      const rms = Math.sqrt(drawn.reduce((sum, x) => sum + x * x, 0) / n);
      // Four standard errors of a normal's.
      expect(Math.abs(rms / value - 1)).toBeLessThan(4 / Math.sqrt(2 * n) + 1e-3);
      return;
    }
    const largest = drawn.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
    expect(largest).toBeLessThanOrEqual(value * 1.001);
    // The largest of n uniform numbers is within 10/n of the bound, except with probability e⁻¹⁰.
    expect(largest).toBeGreaterThanOrEqual(value * (1 - 10 / n) - 1e-4);
  });
});
