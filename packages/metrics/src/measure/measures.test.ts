import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { handBuiltMlp } from "../../test/hand-built";
import { factsOf, p, randomMlp } from "../../test/mlp-facts";
import { computeMeasures, selectMeasures } from "./catalogue";
import { type RunContext, Snapshot } from "./snapshot";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("a network built by hand that adds by trigonometry", () => {
  test("gives every measure its known value", async () => {
    const context = factsOf("+");
    const parameters = handBuiltMlp(p, [3, 5, 11], 3);
    const snapshot = new Snapshot(context, parameters);
    const { measures: chosen, skipped } = selectMeasures(["all"], context);
    expect(skipped.map(({ name }) => name)).toEqual(["target-alignment"]);
    const before = tf.memory().numTensors;
    const values = await computeMeasures(chosen, snapshot);
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.keys(values).sort()).toEqual(
      chosen.flatMap(({ columns }) => [...columns]).sort(),
    );

    expect(values.key_frequencies).toBe(3);
    expect(values.restricted_loss).toBeLessThan(1e-3);
    expect(values.excluded_loss).toBeGreaterThan(Math.log(p));
    // What depends on a − b as well is the wave of |cos|, which is not the sum's.
    expect(values.sum_share).toBeGreaterThan(0.7);
    // Six components of equal length: G = 1 − 6/31. And the map's: the same.
    expect(values.gini_embedding).toBeCloseTo(1 - 6 / p, 5);
    expect(values.gini_unembedding).toBeCloseTo(1 - 6 / p, 5);
    // Six singular values of equal size.
    expect(values.effective_rank).toBeCloseTo(6, 2);
    expect(values.effective_rank_upstream).toBeCloseTo(6, 4);
    // All power in the key frequencies: infinite, so null, up to rounding; upstream no constant.
    expect(values.snr === null || (values.snr as number) > 1e10).toBe(true);
    expect(values.snr_upstream).toBe(1e6);
    // Both operands share the embedding, so upstream holds for swapped draws.
    expect(values.rqi_upstream).toBeGreaterThan(0);
    expect(values.rqi).toBeLessThan(0.1);
    // Three circles of equal size share their components, which are waves of any mixture.
    expect(values.circularity).toBeGreaterThan(0.3);
    expect(values.kernel_alignment).toBeGreaterThan(-1);
    expect(values.kernel_alignment).toBeLessThan(1);
    expect(values.participation_ratio).toBeGreaterThan(6);
    expect(values.participation_ratio).toBeLessThan(12);
    expect(values.softmax_collapse).toBeLessThan(0.5);
    expect(values.sharpness).toBeGreaterThan(0);
    // The neurons of one of three frequencies add by themselves, and so do those of the other two.
    expect(values).toMatchObject({ sparse_neurons: p, sparse_acc: 1, rest_acc: 1 });
    expect(values.sparse_agreement).toBe(1);
    const squares = 3 * 31 * p; // per block Σcos², half of p per neuron
    expect(values.weight_norm).toBeCloseTo(Math.sqrt(squares + 9 * (squares / 2)), 3);
  });

  test("a random network of its size: no structure, a guess restricted or not", async () => {
    const context = factsOf("+");
    const chosen = selectMeasures(["progress", "order-parameters"], context).measures;
    const values = await computeMeasures(chosen, new Snapshot(context, randomMlp()));
    expect(values.key_frequencies).toBeGreaterThan(11);
    expect(values.restricted_loss).toBeGreaterThan(3);
    expect(values.sum_share).toBeLessThan(0.1);
    expect(values.gini_embedding).toBeLessThan(0.3);
    expect(values.effective_rank).toBeGreaterThan(40);
    expect(values.snr_upstream).toBeGreaterThan(20);
    expect(values.snr_upstream).toBeLessThan(45);
    expect(values.rqi).toBe(0);
    expect(values.circularity).toBeLessThan(0.4);
    expect(Math.abs(values.kernel_alignment as number)).toBeLessThan(0.1);
    expect(values.snr).toBeGreaterThan(0.5);
    expect(values.snr).toBeLessThan(2);
  });

  test("with operands in the order of discrete logarithms, it divides", async () => {
    const context = factsOf("/");
    const { elements } = new Snapshot(context, {}).group ?? { elements: Int32Array.of() };
    // Rows and columns of the network that adds exponents mod 30 go to their elements; b's backwards.
    const source = handBuiltMlp(p - 1, [4, 7, 9], 3);
    const [first, last] = [source["layers.0.weight"], source["layers.1.weight"]] as tf.Tensor2D[];
    const width = first?.shape[1] as number;
    const [from, to] = [await first?.data(), await last?.data()] as [Float32Array, Float32Array];
    const [w1, w2] = [new Float32Array(2 * p * width), new Float32Array(width * p)];
    for (const [x, element] of elements.entries()) {
      const minus = x === 0 ? 0 : 30 - x;
      w1.set(from.subarray(x * width, (x + 1) * width), element * width);
      w1.set(from.subarray((30 + minus) * width, (31 + minus) * width), (p + element) * width);
      for (let k = 0; k < width; k++) w2[k * p + element] = to[k * 30 + x] as number;
    }
    const parameters = {
      "layers.0.weight": tf.tensor2d(w1, [2 * p, width]),
      "layers.0.bias": tf.zeros([width]),
      "layers.1.weight": tf.tensor2d(w2, [width, p]),
      "layers.1.bias": tf.zeros([p]),
    };
    const snapshot = new Snapshot(context, parameters);
    const values = await computeMeasures(selectMeasures(["progress"], context).measures, snapshot);
    expect(await snapshot.keyFrequencies()).toEqual([4, 7, 9]);
    expect(values.restricted_loss).toBeLessThan(1e-2);
    expect(values.excluded_loss).toBeGreaterThan(Math.log(30) - 0.1);
    expect(values.gini_embedding).toBeCloseTo(1 - 6 / 30, 4);
  });
});

test("key frequencies of the run's end can be given", async () => {
  const context = factsOf("+", { keyFrequencies: [1, 2] });
  const [measure] = selectMeasures(["fourier-losses"], context).measures;
  const values = await measure?.compute(new Snapshot(context, handBuiltMlp(p, [3, 5, 11], 3)));
  expect(values?.key_frequencies).toBe(2);
  expect(values?.restricted_loss).toBeGreaterThan(3);
  expect(values?.excluded_loss).toBeLessThan(0.1);
});

test("NaN weights and a p that does not match are one clear error", async () => {
  const context = factsOf("+");
  const broken = { ...randomMlp(), "layers.0.weight": tf.fill([2 * p, 93], Number.NaN) };
  const compute = (changed: RunContext, parameters: Record<string, tf.Tensor>, name: string) =>
    computeMeasures(selectMeasures([name], changed).measures, new Snapshot(changed, parameters));
  await expect(compute(context, broken, "rqi")).rejects.toThrow(
    new RangeError(
      "the parameter layers.0.weight has NaN at row 0, column 0: all numbers must be finite",
    ),
  );
  await expect(compute(context, broken, "fourier-losses")).rejects.toThrow(
    /^the logits has NaN at row 0/,
  );
  const other = factsOf("+", { task: { operation: "+", p: 37 } });
  await expect(compute(other, randomMlp(), "rqi")).rejects.toThrow(
    new RangeError("p = 37 does not match a weight of 62 rows of which the numbers begin at 37"),
  );
  await expect(compute(other, randomMlp(), "fourier-losses")).rejects.toThrow(RangeError);
  await expect(compute(context, {}, "effective-rank")).rejects.toThrow(
    /^there is no parameter layers.0.weight/,
  );
});

test("the effective rank needs no order of the elements, as in S5", async () => {
  const task = { operation: "s5", p: null, elements: p };
  const ofGroup = await computeMeasures(
    selectMeasures(["effective-rank"], factsOf("+", { task })).measures,
    new Snapshot(factsOf("+", { task }), randomMlp()),
  );
  const ofResidues = await computeMeasures(
    selectMeasures(["effective-rank"], factsOf("+")).measures,
    new Snapshot(factsOf("+"), randomMlp()),
  );
  expect(ofGroup.effective_rank).toBe(ofResidues.effective_rank);
  const { skipped } = selectMeasures(
    ["order-parameters"],
    factsOf("+", { task: { operation: "parity", p: null } }),
  );
  expect(skipped).toContainEqual({ name: "effective-rank", reason: "the task has no operands" });
});
