import { startWasm, stopWasm } from "@grok/backend";
import {
  type ArchitectureName,
  architectures,
  forwardPlanned,
  initialise,
  type ModelConfig,
  parameterSpecifications,
  plan,
  type TokenBatch,
} from "@grok/models";
import { softmaxCrossEntropy, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  distinctProducts,
  multiplyAdds,
  operations,
  plannedWork,
  wholeWork,
} from "./arithmetic.ts";
import { Profiler } from "./profiler.ts";

const off = { sharedPrefixes: false, answerOnly: false, tokenTables: false };

/** Examples of a network, with repetitions, as a task has them. */
function examples(name: ArchitectureName, size: number): TokenBatch {
  const pair = (i: number) => [(i * 7) % 11, (i * 5) % 13];
  const rows = Array.from({ length: size }, (_, i) => {
    const [a, b] = pair(i) as [number, number];
    if (name === "mlp") return [a, b];
    return name === "order-parameters" ? [a, 97 + b] : [a, 97, b, 98];
  });
  const length = rows[0]?.length as number;
  return { tokens: Int32Array.from(rows.flat()), size, length, answerPositions: [length - 1] };
}

const names = ["mlx", "power", "mlp", "order-parameters"] as const;

/** Numbers in the weights that a product multiplies with, outside of the output's. */
function hiddenWeights(config: ModelConfig): number {
  return parameterSpecifications(config)
    .filter(({ role, shape }) => shape.length === 2 && ["projection", "weight"].includes(role))
    .reduce((sum, { shape: [rows, columns] }) => sum + (rows as number) * (columns as number), 0);
}

it("counts a network on whole sequences as six operations per weight and token", () => {
  const config = architectures.mlx(97);
  const work = wholeWork(config, { size: 512, length: 4, answerPositions: [3] });
  const head = 6 * 512 * 128 * 99;
  const attention = 2 * 2 * 6 * (512 * 4) * 4 * 128;
  expect(operations(work)).toBe(6 * 2048 * hiddenWeights(config) + head + attention);
});

it("counts an MLP on embeddings as six operations per weight and example", () => {
  const config = architectures.mlp(97);
  const work = wholeWork(config, { size: 256, length: 2, answerPositions: [1] });
  expect(operations(work)).toBe(6 * 256 * hiddenWeights(config));
});

it("counts no gradient of one-hot inputs", () => {
  const config = architectures["order-parameters"](97);
  const work = wholeWork(config, { size: 2822, length: 2, answerPositions: [1] });
  expect(operations(work)).toBe(2822 * (4 * 194 * 512 + 6 * 512 * 97));
});

it("counts table rows as sums: one-hot operands need no product in the first layer", () => {
  const config = architectures["order-parameters"](97);
  const batch = examples("order-parameters", 40);
  const work = plannedWork(config, plan(config, batch));
  expect(operations(work)).toBe(6 * 40 * 512 * 97 + 2 * 80 * 512);
});

it("counts a plan without shortcuts as whole sequences, except causal attention and the head", () => {
  const config = architectures.mlx(97);
  const batch = examples("mlx", 30);
  const planned = plannedWork(config, plan(config, batch, { shortcuts: off }));
  const whole = wholeWork(config, batch);
  // Pairs of positions: 1 + 2 + 3 + 4 of 4 × 4.
  expect(planned.attention / whole.attention).toBe(10 / 16);
  const head = 3 * 30 * 128 * 99;
  const sum = (work: typeof whole) =>
    work.products.reduce((all, each) => all + multiplyAdds(each), 0);
  expect(sum(planned) - sum(whole)).toBe(3 * head);
});

it("refuses a plan of another kind of network", () => {
  const batch = examples("mlp", 8);
  expect(() => plannedWork(architectures.mlx(97), plan(architectures.mlp(97), batch))).toThrow(
    "a plan for a network of kind mlp is not one for transformer",
  );
});

it("counts equal products once, with how often they occur", () => {
  const product = { m: 2, k: 3, n: 4, transposeA: false, transposeB: false };
  const turned = { ...product, transposeB: true };
  expect(distinctProducts([product, turned, { ...product }])).toEqual([
    { ...product, count: 2 },
    { ...turned, count: 1 },
  ]);
});

describe("beside what the kernels are asked to do", () => {
  let host: Awaited<ReturnType<typeof startWasm>>;
  beforeAll(async () => {
    host = await startWasm({ threads: 1 });
  });
  afterAll(stopWasm);

  it.each(names)("%s: the same multiply-adds", (name) => {
    const config = architectures[name](97);
    const batch = examples(name, 120);
    const planned = plan(config, batch);
    const parameters = initialise(config, 0);
    const labels = tf.zeros([120], "int32");
    const profiler = new Profiler(host);
    const made = valueAndGradients(parameters, () => ({
      loss: softmaxCrossEntropy(forwardPlanned(config, parameters, planned), labels).loss,
    }));
    profiler.stop();
    tf.dispose([parameters, labels, made.value, made.gradients] as unknown as tf.TensorContainer);
    const { jobs, kernels } = profiler.times();
    const { products } = plannedWork(config, planned);
    const counted = products.reduce((all, each) => all + multiplyAdds(each), 0);
    expect(jobs.find((job) => job.name === "MatMul")?.multiplyAdds).toBe(counted);
    // All jobs are given by kernels, in which their time is.
    const inJobs = jobs.reduce((all, job) => all + job.seconds, 0);
    const inKernels = kernels.reduce((all, kernel) => all + kernel.wasmSeconds, 0);
    expect(inKernels).toBeCloseTo(inJobs, 9);
  });
});
