import "@tensorflow/tfjs-backend-cpu";
import { fourierSpectrum, matrixOf } from "@grok/metrics";
import { mlx, nanda, quadratic } from "@grok/models";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { ablate, ablation, type Component, scoreSubject, withoutFrequencies } from "./index";
import { partsOf } from "./parts";
import { passPart } from "./score";

const transformer = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
const solution = subjectOf((p) => quadratic(p, { width: 400, initialisation: "analytic" }), {
  p: 11,
  layout: "one-hot",
});

/** Logits on all examples, part after part. */
async function logitsOf(
  subject: typeof transformer,
  components: readonly Component[],
  options?: Parameters<typeof ablation>[2],
): Promise<number[]> {
  const { change, dispose } = await ablation(subject, components, options);
  const logits = partsOf(subject).flatMap((part) => {
    const tensor = passPart(subject, part, change);
    const values = [...tensor.dataSync()];
    tensor.dispose();
    return values;
  });
  dispose();
  return logits;
}

const farthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));

describe("ablate", () => {
  it("with nothing to take out gives the network's own score", async () => {
    expect(await ablate(transformer, [])).toEqual(await scoreSubject(transformer));
  });

  it("takes heads out as zeroed columns of their output weight do", async () => {
    const name = "layers.0.attention.output.weight";
    const weight = transformer.parameters[name] as tf.Tensor; // [12, 12], 4 rows a head
    const zeroed = tf.mul(weight, tf.tensor2d([1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1], [12, 1]));
    const without = { ...transformer, parameters: { ...transformer.parameters, [name]: zeroed } };
    const expected = await logitsOf(without, []);
    const found = await logitsOf(transformer, [{ kind: "head", layer: 0, head: 1 }]);
    expect(farthest(found, expected)).toBeLessThan(1e-6);
    expect(farthest(found, await logitsOf(transformer, []))).toBeGreaterThan(1e-3);
  });

  it("takes neurons out as zeroed rows of the weight behind them do", async () => {
    const name = "layers.1.weight";
    const weight = solution.parameters[name] as tf.Tensor; // [400, 11]
    const rows = Float32Array.from({ length: 400 }, (_, i) => (i === 5 || i === 70 ? 0 : 1));
    const zeroed = tf.mul(weight, tf.tensor2d(rows, [400, 1]));
    const without = { ...solution, parameters: { ...solution.parameters, [name]: zeroed } };
    const found = await logitsOf(solution, [
      { kind: "neuron", layer: 0, neuron: 5 },
      { kind: "neuron", layer: 0, neuron: 70 },
    ]);
    const expected = await logitsOf(without, []);
    const scale = Math.max(...expected.map(Math.abs));
    expect(farthest(found, expected) / scale).toBeLessThan(1e-6);
  });

  it("by the mean keeps the mean of what is replaced, by resampling its distribution", async () => {
    const head: Component = { kind: "head", layer: 0, head: 2 };
    for (const mode of ["mean", "resample"] as const) {
      const { change, dispose } = await ablation(transformer, [head], { mode });
      for (const part of partsOf(transformer)) {
        tf.tidy(() => {
          let [before, after]: [tf.Tensor | undefined, tf.Tensor | undefined] = [
            undefined,
            undefined,
          ];
          const hook = change.at?.(part)["layers.0.attention.z"];
          passPart(transformer, part, {
            at: () => ({
              "layers.0.attention.z": (x) => {
                before = tf.clone(x);
                const replaced = hook?.(x) as tf.Tensor;
                after = tf.clone(replaced);
                // Asserted inside of the pass, as it frees what it makes.
                const own = tf.slice(before, [0, 0, 2, 0], [-1, -1, 1, -1]);
                const given = tf.slice(after, [0, 0, 2, 0], [-1, -1, 1, -1]);
                const others = tf.sub(
                  tf.slice(before, [0, 0, 0, 0], [-1, -1, 2, -1]),
                  tf.slice(after, [0, 0, 0, 0], [-1, -1, 2, -1]),
                );
                expect(tf.max(tf.abs(others)).dataSync()[0]).toBe(0);
                if (mode === "resample") {
                  const sorted = (t: tf.Tensor) => [...t.dataSync()].sort((a, b) => a - b);
                  expect(sorted(given)).toEqual(sorted(own));
                } else {
                  const spread = tf.sub(tf.max(given, 0), tf.min(given, 0));
                  expect(tf.max(spread).dataSync()[0]).toBeLessThan(1e-6);
                }
                return replaced;
              },
            }),
          }).dispose();
        });
      }
      dispose();
    }
  });

  it("takes out what lies along directions, whatever their lengths and order", async () => {
    const point = "layers.0.residual.mid";
    const direction = Array.from({ length: 12 }, (_, i) => Math.sin(1 + i));
    const other = Array.from({ length: 12 }, (_, i) => Math.cos(3 * i) * 5);
    const first: Component = { kind: "direction", point, direction };
    const second: Component = { kind: "direction", point, direction: other };
    const both = await logitsOf(transformer, [first, second]);
    expect(farthest(both, await logitsOf(transformer, [second, first]))).toBeLessThan(1e-5);
    expect(farthest(both, await logitsOf(transformer, [first]))).toBeGreaterThan(1e-4);
  });

  it("leaves no tensors", async () => {
    await ablate(transformer, [{ kind: "head", layer: 0, head: 0 }], { mode: "mean" });
    const before = tf.memory().numTensors;
    await ablate(transformer, [{ kind: "frequency", frequency: 1 }]);
    await ablate(transformer, [{ kind: "neuron", layer: 0, neuron: 3 }], { mode: "mean" });
    await ablate(transformer, [{ kind: "head", layer: 0, head: 0 }], { mode: "resample" });
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [[{ kind: "head", layer: 0, head: 3 }], {}, "there is no head:0.3: there are 3 in layer 0"],
    [
      [{ kind: "neuron", layer: 2, neuron: 0 }],
      {},
      "there is no neuron:2.0: there are 48 in layer 0",
    ],
    [[{ kind: "frequency", frequency: 4 }], {}, "4 is no frequency of Z_7: allowed are 1 … 3"],
    [[{ kind: "frequency", frequency: 1 }], { mode: "mean" }, "frequency:1 can only be taken out"],
    [[], { mode: "median" }, 'mode is "median": allowed are zero, mean, resample'],
    [
      [{ kind: "direction", point: "layers.0.residual.mid", direction: [1] }],
      {},
      "a direction at layers.0.residual.mid is 12 finite numbers",
    ],
  ] as const)("refuses %j with %j", async (components, options, message) => {
    await expect(ablate(transformer, components as never, options as never)).rejects.toThrow(
      message,
    );
  });

  it("refuses frequencies of tasks that have none", async () => {
    await expect(
      ablate({ ...transformer, group: null }, [{ kind: "frequency", frequency: 1 }]),
    ).rejects.toThrow("the task is no addition in a cyclic group, so it has no frequencies");
  });
});

describe("withoutFrequencies", () => {
  it.each([
    ["an embedding", transformer, 7, 0],
    ["a first weight with a block for each operand", solution, 11, 11],
  ])("takes cosine and sine out of %s, and leaves the others", async (_, subject, n, first) => {
    const { parameter } = subject.network.anatomy.embedding as { parameter: string };
    const powerOf = (table: tf.Tensor) => {
      const columns = table.shape[1] as number;
      const rows = table.dataSync().slice(first * columns, (first + n) * columns) as Float32Array;
      return [...fourierSpectrum(matrixOf(rows, n, columns)).power];
    };
    const before = powerOf(subject.parameters[parameter] as tf.Tensor);
    const cut = await withoutFrequencies(subject, { frequencies: [1, 3] });
    const kept = await withoutFrequencies(subject, { frequencies: [1, 3], keep: true });
    const [after, rest] = [cut, kept].map((each) => powerOf(each[parameter] as tf.Tensor));
    for (const [k, power] of before.entries()) {
      const isNamed = k === 1 || k === 3;
      const close = (found: number | undefined, expected: number) =>
        expect(Math.abs((found as number) - expected)).toBeLessThan(1e-5 * Math.max(...before));
      close(after?.[k], isNamed ? 0 : power);
      close(rest?.[k], isNamed || k === 0 ? power : 0);
    }
  });

  it("takes the answers from the analytic solution one frequency at a time", async () => {
    expect((await scoreSubject(solution)).accuracy).toBe(1);
    const all = [1, 2, 3, 4, 5].map((frequency) => ({ kind: "frequency", frequency }) as const);
    expect((await ablate(solution, all)).accuracy).toBeLessThan(0.2);
    const one = await ablate(solution, all.slice(0, 1));
    expect(one.loss as number).toBeGreaterThan((await scoreSubject(solution)).loss as number);
    expect((await ablate(solution, [], { keepFrequencies: [1, 2, 3, 4, 5] })).accuracy).toBe(1);
  });
});

describe("a subject", () => {
  it("is refused if its examples have no labels or its training set others", async () => {
    const subject = subjectOf((p) => mlx(p, { dModel: 8 }), { layout: "mlx" });
    await expect(scoreSubject({ ...subject, train: Int32Array.of(49) })).rejects.toThrow(
      "example 49 is trained on, but there are 49, from 0",
    );
    const examples = { ...subject.examples, labels: Int32Array.of(1) };
    await expect(scoreSubject({ ...subject, examples })).rejects.toThrow(
      "the examples have 1 labels: 49 examples with 1 answers need 49, and at least one",
    );
  });
});
