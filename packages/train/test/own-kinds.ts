import { binaryTask } from "@grok/data";
import { defineNetwork } from "@grok/models";
import { embeddingSum, linear } from "@grok/ops";
import { linearWarmup, sgd } from "@grok/optim";
import * as tf from "@tensorflow/tfjs-core";
import {
  defineExtension,
  defineGradientTransform,
  defineLoss,
  defineMetric,
  defineModel,
  defineOptimizer,
  defineSchedule,
  defineTask,
  z,
} from "../src/index";

/** Differences modulo n, as a task that is none of ours. */
const difference = defineTask({
  name: "difference",
  sentence: "the difference of two residues",
  source: null,
  settings: z.strictObject({
    n: z.int().min(2).max(64).default(7).describe("the modulus of the difference"),
    trainFraction: z.number().gt(0).lt(1).default(0.5).describe("share to train on"),
  }),
  flags: { trainFraction: { aliases: ["trainFrac"] } },
  text: ({ n }) => `a − b mod ${n}`,
  build: ({ n, trainFraction }) => ({
    ...binaryTask({ operation: "-", p: n, layout: "pair" }),
    size: n * n,
    trainFraction,
    equation: { operation: "-", elements: n, p: n, firstToken: 0, firstClass: 0 },
  }),
});

/** One hidden layer of summed embeddings. */
const sums = defineModel({
  name: "sums",
  sentence: "one hidden layer of summed embeddings",
  source: null,
  settings: z.strictObject({
    hidden: z.int().min(1).default(8).describe("hidden features of sums"),
  }),
  shortcuts: [],
  traits: () => ({ words: "a sum", input: "tokens", isCausal: false, layout: "pair" }),
  build: ({ hidden }, { vocabulary, classes }) =>
    defineNetwork({
      parameters: {
        table: { shape: [vocabulary, hidden], role: "embedding" },
        out: { shape: [hidden, classes] },
      },
      forward: ({ table, out }, { tokens, size, length }) => {
        const ids = tf.reshape(tokens, [size, length]) as tf.Tensor2D; // [size, length]
        const features = embeddingSum(table as tf.Tensor, ids, undefined, { activation: "relu" }); // [size, hidden]
        return linear(features, out as tf.Tensor); // [size, classes]
      },
    }),
});

/** Gradient descent with half of the learning rate. */
const half = defineOptimizer({
  name: "half",
  label: "Half",
  sentence: "gradient descent at a share of the learning rate",
  source: null,
  settings: z.strictObject({
    share: z.number().gt(0).default(0.5).describe("share of the learning rate"),
  }),
  decay: "zero",
  slots: 0,
  build: ({ share }, common) => sgd({ ...common, learningRate: share * common.learningRate }),
});

/** A learning rate that is zero after some steps. */
const until = defineSchedule({
  name: "until",
  sentence: "no learning after some steps",
  source: null,
  settings: z.strictObject({ lastStep: z.int().min(1).describe("the last step that learns") }),
  defaults: (_, { steps }) => ({ lastStep: steps }),
  build: ({ lastStep }, { warmupSteps, warmupOffset }) => {
    const warm = linearWarmup({ steps: warmupSteps, offset: warmupOffset });
    return (step) => (step < lastStep ? warm(step) : 0);
  },
});

/** Gradients with their signs turned. */
const turned = defineGradientTransform({
  name: "turned",
  sentence: "turns the gradients' signs",
  source: null,
  value: z.boolean().default(false).describe("climb instead of descending"),
  place: 40,
  slots: () => 0,
  text: (isOn) => (isOn ? "turned" : null),
  build: (isOn) =>
    isOn
      ? {
          initialise: () => ({}),
          apply: (gradients) =>
            Object.fromEntries(
              Object.entries(gradients).map(([name, each]) => [name, tf.neg(each)]),
            ),
        }
      : null,
});

/** Squared distance of the outputs to the answers' unit vectors. */
const distance = defineLoss({
  name: "distance",
  sentence: "squared distance to the answers' unit vectors",
  source: null,
  settings: z.strictObject({
    weight: z.number().gt(0).default(1).describe("factor of the distance"),
  }),
  unit: null,
  gradients: null,
  build:
    ({ weight }, { classes }) =>
    (outputs, labels) => {
      const target = tf.oneHot(labels, classes); // [rows, classes]
      const loss = tf.mul(tf.mean(tf.square(tf.sub(outputs, target))), weight) as tf.Scalar; // []
      const right = tf.equal(tf.argMax(outputs, 1), labels); // [rows]
      return { loss, correct: tf.sum(tf.cast(right, "float32")) as tf.Scalar };
    },
});

/** The largest weight. */
const largest = defineMetric({
  name: "largest",
  group: "own",
  columns: ["largest_weight"],
  description: "the largest weight",
  source: "ours",
  cost: "cheap",
  unavailable: () => null,
  compute: async ({ parameters }) => {
    const values = await Promise.all(Object.values(parameters).map((each) => each.data()));
    const largest_weight = Math.max(...values.flatMap((each) => Array.from(each, Math.abs)));
    return { largest_weight };
  },
});

/** An extension with a kind of each sort. */
export const ownKinds = defineExtension({
  name: "own-kinds",
  tasks: [difference],
  models: [sums],
  losses: [distance],
  optimizers: [half],
  transforms: [turned],
  schedules: [until],
  metrics: [largest],
  presets: {
    differences: {
      title: "Differences mod 7",
      description: "A sum learns differences.",
      source: "ours",
      task: { kind: "difference", n: 5 },
      model: { architecture: "sums" },
      optimizer: { kind: "half", lr: 0.1 },
      training: {
        loss: "distance",
        steps: 12,
        batch: { mode: "full" },
        evalEvery: 4,
        trainMetric: "full",
      },
    },
  },
});
