import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, it } from "vitest";
import { orderParameters, quadratic } from "../architectures/mlp";
import { forward } from "../forward";
import { initialise, initialValues } from "../parameters/initialise";
import { analyticValues } from "./analytic";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const residues = (p: number) => Array.from({ length: p * p }, (_, i) => [Math.floor(i / p), i % p]);

it.each([97, 23, 8])("adds all pairs modulo %i without training", async (p) => {
  const config = quadratic(p, { initialisation: "analytic" });
  const parameters = initialise(config, 3);
  const pairs = residues(p);
  const tokens = Int32Array.from(pairs.flatMap(([a = 0, b = 0]) => [a, p + b]));
  const logits = forward(config, parameters, {
    tokens,
    size: p * p,
    length: 2,
    answerPositions: [1],
  });
  const answers = await tf.argMax(logits, 1).data();
  expect(Array.from(answers)).toEqual(pairs.map(([a = 0, b = 0]) => (a + b) % p));
  const right = tf.gatherND(
    logits,
    tf.tensor2d(
      pairs.map(([a = 0, b = 0], i) => [i, (a + b) % p]),
      undefined,
      "int32",
    ),
  );
  const mean = (await tf.mean(right).data())[0] as number;
  expect(mean).toBeCloseTo(1, 1);
});

it("gives a neuron one frequency everywhere, and phases of which the third is the sum", () => {
  const p = 23;
  const width = 44;
  const [first, second] = analyticValues(quadratic(p, { width }), 0);
  const seen = new Map<number, number>();
  for (let k = 0; k < width; k++) {
    const columns = [
      Array.from({ length: p }, (_, a) => first?.values[a * width + k] as number),
      Array.from({ length: p }, (_, b) => first?.values[(p + b) * width + k] as number),
      Array.from({ length: p }, (_, c) => second?.values[k * p + c] as number),
    ];
    const waves = columns.map((column) => {
      const powers = Array.from({ length: 11 }, (_, f) => wave(column, f + 1));
      return powers.reduce((most, one) => (one.power > most.power ? one : most));
    });
    const [a, b, c] = waves as [Wave, Wave, Wave];
    expect([b.frequency, c.frequency]).toEqual([a.frequency, a.frequency]);
    seen.set(a.frequency, (seen.get(a.frequency) ?? 0) + 1);
    expect(Math.cos(a.phase + b.phase - c.phase)).toBeCloseTo(1, 5);
    // A wave of amplitude (2/N)^⅓ and nothing else.
    for (const { power } of waves) expect(power).toBeCloseTo(Math.cbrt(2 / width), 5);
  }
  expect([...seen.values()]).toEqual(Array.from({ length: 11 }, () => 4));
});

interface Wave {
  frequency: number;
  power: number;
  phase: number;
}

function wave(values: readonly number[], frequency: number): Wave {
  const p = values.length;
  let [re, im] = [0, 0];
  for (const [i, value] of values.entries()) {
    re += (2 / p) * value * Math.cos((2 * Math.PI * frequency * i) / p);
    im -= (2 / p) * value * Math.sin((2 * Math.PI * frequency * i) / p);
  }
  return { frequency, power: Math.hypot(re, im), phase: Math.atan2(im, re) };
}

it("depends on the seed, and is scaled as other initial weights are", () => {
  const config = quadratic(7, { width: 6, initialisation: "analytic" });
  const values = (seed: number, initialScale?: number) =>
    initialValues({ ...config, initialScale }, seed).map(({ values }) => [...values]);
  expect(values(1)).toEqual(values(1));
  expect(values(1)).not.toEqual(values(2));
  expect(values(1, 0.5)).toEqual(values(1).map((all) => all.map((value) => value / 2)));
});

it("is refused for networks that it is no solution of", () => {
  const config = orderParameters(7, { initialisation: "analytic" });
  expect(() => initialValues(config, 0)).toThrow(
    /^initialisation analytic is of an MLP on two one-hot residues with one hidden layer of squares: it takes input one-hot/,
  );
});
