import "@tensorflow/tfjs-backend-cpu";
import { softmaxCrossEntropy } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { collect, MemoryStore } from "../../test/tiny";
import {
  defineExtension,
  defineLoss,
  defineMetric,
  defineModel,
  defineTask,
  type Extension,
  resolveExperiment,
  train,
  z,
} from "../index";
import { checkParts } from "./check-parts";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const flags = { p: 5, steps: 6, "eval-every": 3, backend: "cpu" };

/** A network of stock operations, as somebody would write it. */
const sums = (forward = (table: tf.Tensor, rows: tf.Tensor) => tf.tanh(tf.sum(rows, 1))) =>
  defineModel({
    name: "sums",
    sentence: "a sum of embeddings",
    parameters: (_, { vocabulary, classes }) => ({ table: { shape: [vocabulary, classes] } }),
    forward: ({ table }, { tokens, size, length }) =>
      forward(table, tf.reshape(tf.gather(table, tokens), [size, length, -1])), // [size, classes]
  });

const largest = defineTask({
  name: "largest",
  sentence: "the larger of two numbers",
  settings: z.strictObject({ n: z.int().min(2).default(6).describe("how many numbers") }),
  elements: ({ n }) => n,
  apply: (a, b) => Math.max(a, b),
});

const bias = defineMetric({
  name: "table-size",
  description: "how many numbers the table has",
  value: ({ parameters }) => parameters["table"]?.size ?? null,
});

async function trained(extension: Extension, given: Record<string, unknown>) {
  // As loaded from a file, whose name sentences say.
  const extensions = [{ extension, file: "own.ts", sha256: "a".repeat(64), code: null }];
  const experiment = resolveExperiment({ flags: { ...flags, ...given }, extensions });
  await checkParts(experiment, { extensions });
  const store = new MemoryStore();
  await collect(train(experiment, { extensions, store }));
  return store;
}

const own = (parts: Omit<Extension, "name">) => defineExtension({ name: "own", ...parts });

describe("short forms", () => {
  it("a network of stock operations and a metric are trained and recorded", async () => {
    const store = await trained(own({ models: [sums()], metrics: [bias] }), {
      model: "sums",
      metrics: "table-size",
      "metrics-every": 1,
    });
    const losses = store.records.map(({ train_loss }) => train_loss as number);
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
    expect(store.records.at(-1)).toMatchObject({ table_size: 49 });
  });

  it("a table of equations has layouts, a share to train on, and its own settings", async () => {
    const { p: _, ...rest } = flags;
    const extensions = [own({ tasks: [largest] })];
    const given = { ...rest, task: "largest", n: 7, "train-frac": 0.6, "d-model": 8 };
    const experiment = resolveExperiment({ flags: given, extensions });
    expect(experiment.task).toEqual({ kind: "largest", n: 7, layout: "mlx", trainFraction: 0.6 });
    const oneHot = { ...rest, task: "largest", model: "order-parameters" };
    expect(resolveExperiment({ flags: oneHot, extensions }).task).toMatchObject({
      layout: "one-hot",
    });
    expect(() => resolveExperiment({ flags: { ...given, layout: "openai" }, extensions })).toThrow(
      "The layout openai has tokens for named operations only",
    );
  });
});

describe("parts that do not fit are named with their file", () => {
  const of = (forward: Parameters<typeof sums>[0]) => own({ models: [sums(forward)] });
  it.each([
    [
      "another shape",
      of((_, rows) => tf.sum(rows, 2)),
      "The model sums of own.ts gives outputs of shape [8, 4] for 8 examples; they must be of shape [8, 7], a row for each answer.",
    ],
    [
      "NaN",
      of((_, rows) => tf.sqrt(tf.neg(tf.square(tf.sum(rows, 1))))),
      "The model sums of own.ts gives NaN among its outputs with the initial weights; all must be finite numbers.",
    ],
    [
      "an error",
      of((_, rows) => tf.reshape(rows, [3, 3])),
      "The model sums of own.ts cannot make a forward pass: ",
    ],
    [
      "no gradient",
      of((_, rows) => tf.cast(tf.argMax(tf.transpose(rows, [0, 2, 1]), 2), "float32")),
      "The model sums of own.ts gives every weight the gradient 0, so nothing would be learned; an operation in it may have no gradient.",
    ],
  ])("%s", async (_, extension, sentence) => {
    await expect(trained(extension, { model: "sums" })).rejects.toThrow(sentence);
  });

  it("a task whose answer is no element", async () => {
    const wrong = defineTask({ name: "wrong", sentence: "–", elements: 4, apply: (a, b) => a + b });
    const { p: _, ...rest } = flags;
    await expect(
      trained(own({ tasks: [wrong] }), { ...rest, p: undefined, task: "wrong" }),
    ).rejects.toThrow("wrong gives 4 for (1, 3): an answer is an element, 0 … 3.");
  });

  it("a loss that is no number", async () => {
    const wrong = defineLoss({
      name: "wrong",
      sentence: "–",
      source: null,
      settings: z.strictObject({}),
      unit: null,
      gradients: null,
      build: () => (outputs, labels) => {
        const { loss, correct } = softmaxCrossEntropy(outputs, labels);
        return { loss: tf.div(loss, 0) as tf.Scalar, correct };
      },
    });
    await expect(trained(own({ losses: [wrong] }), { loss: "wrong" })).rejects.toThrow(
      "The loss wrong of own.ts gives the loss Infinity with the initial weights; it must be one finite number.",
    );
  });

  it("a metric that writes into another's column", async () => {
    const wrong = defineMetric({
      ...bias,
      compute: async () => ({ val_acc: 1 }),
    } as Parameters<typeof defineMetric>[0]);
    const store = await trained(own({ models: [sums()], metrics: [wrong] }), {
      model: "sums",
      metrics: "table-size",
      "metrics-every": 1,
    });
    expect(store.summary).toMatchObject({
      status: "failed",
      error:
        "The metric table-size gives the column val_acc, which is not among its columns, table_size.",
    });
  });
});
