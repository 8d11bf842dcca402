import { stopBackend, useBackend } from "@grok/backend";
import { answerMap, computeMeasures, principalComponents, Snapshot } from "@grok/metrics";
import {
  attentionPatterns,
  forward,
  initialise,
  type Parameters,
  type TransformerConfig,
} from "@grok/models";
import { modelOf, resolveExperiment, taskOf } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tally } from "./answers";
import { createInspector } from "./inspector";
import { panelMeasures } from "./scene-of";

beforeAll(() => useBackend("wasm", { threads: 1 }));
afterAll(() => stopBackend());

const experimentOf = (preset: string, flags: Record<string, string>) =>
  resolveExperiment({ preset, flags });

const small = {
  nanda: experimentOf("nanda", { p: "7", "d-model": "16" }),
  mlx: experimentOf("mlx", { p: "7", "d-model": "16" }),
  mlp: experimentOf("mlp", { p: "7", width: "16", "embed-dim": "8" }),
  "order-parameters": experimentOf("order-parameters", { p: "7", width: "16" }),
};

describe.each(Object.entries(small))("%s", (_, experiment) => {
  const network = modelOf(experiment);
  let parameters: Parameters;
  beforeAll(() => {
    parameters = initialise(network, 0);
  });
  afterAll(() => {
    tf.dispose(parameters);
  });

  test("a view agrees with the measures of @grok/metrics on the same weights", async () => {
    const inspector = createInspector(experiment);
    const view = await inspector.snapshot(parameters, 10);
    expect(view.step).toBe(10);
    const chosen = panelMeasures(experiment);
    const { table } = inspector.scene;
    if (chosen === null || table === null || view.answers === null) throw new Error("no table");
    const snapshot = new Snapshot(chosen.context, parameters);
    const cheap = chosen.measures.filter(({ cost }) => cost !== "expensive");
    expect(view.measures).toEqual(await computeMeasures(cheap, snapshot));
    const { pairs, labels } = chosen.context.examples;
    const map = answerMap(await snapshot.logits(), {
      size: 7,
      pairs,
      labels,
      train: chosen.context.train,
    });
    const { train, rest } = tally(view.answers, table);
    expect(train.right + rest.right).toBe(map.correct.filter((right) => right === 1).length);
    expect(view.waves?.logits).toEqual(Float32Array.from((await snapshot.sumSpectrum()).power));
    expect(view.waves?.keys).toEqual(await snapshot.keyFrequencies());
    const name = ["tokenEmbedding", "embedding", "layers.0.weight"].find(
      (key) => key in parameters,
    );
    const weight = await snapshot.parameter(name as string);
    const rows = { ...weight, values: weight.values.slice(0, 7 * weight.columns), rows: 7 };
    const { explained, scores } = principalComponents(rows);
    expect(view.embedding?.explained).toEqual([...explained]);
    const { points, unit } = view.embedding ?? { points: new Int8Array(), unit: 0 };
    const worst = Math.max(...points.map((x, i) => Math.abs(x * unit - (scores.values[i] ?? 9))));
    expect(worst).toBeLessThanOrEqual(unit / 2 + 1e-9);
  });

  test("one input's logits and attention are those of the network", async () => {
    const inspector = createInspector(experiment);
    inspector.select({ a: 4, b: 5 });
    const { pair } = await inspector.snapshot(parameters, 3);
    expect(pair).toEqual(await inspector.at(parameters, { step: 3, a: 4, b: 5 }));
    const task = taskOf(experiment);
    if (task.kind !== "finite") throw new Error("no dataset");
    const { length, tokens } = task.dataset();
    const { pairs } = panelMeasures(experiment)?.context.examples ?? { pairs: new Int32Array() };
    const row = pairs.findIndex((a, i) => i % 2 === 0 && a === 4 && pairs[i + 1] === 5) / 2;
    const batch = {
      tokens: tokens.slice(row * length, (row + 1) * length),
      size: 1,
      length,
      answerPositions: task.answerPositions,
    };
    const logits = forward(network, parameters, batch);
    expect([...(pair?.logits ?? [])]).toEqual([...(await logits.data())]);
    logits.dispose();
    if (network.kind === "mlp") {
      expect(pair?.attention).toBeNull();
      return;
    }
    const patterns = attentionPatterns(network as TransformerConfig, parameters, batch);
    const values = patterns.flatMap((pattern) => [...pattern.dataSync()]);
    tf.dispose(patterns);
    const largest = Math.max(
      ...(pair?.attention ?? []).map((x, i) => Math.abs(x - (values[i] ?? 9))),
    );
    expect(largest).toBeLessThan(1e-6);
    // Each position's attention adds up to 1.
    const from = pair?.attention?.subarray(-length) ?? [];
    expect([...from].reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 5);
  });

  test("leaves nothing behind on the device, and the parameters as they were", async () => {
    const inspector = createInspector(experiment);
    inspector.select({ a: 1, b: 2 });
    await inspector.snapshot(parameters, 1);
    const before = tf.memory().numTensors;
    await inspector.snapshot(parameters, 2);
    await inspector.at(parameters, { step: 2, a: 3, b: 3 });
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.values(parameters).some(({ isDisposed }) => isDisposed)).toBe(false);
  });
});

test("attention of a view is the mean over inputs, in 255ths", async () => {
  const experiment = small.nanda;
  const network = modelOf(experiment);
  const parameters = initialise(network, 0);
  // With no keys every position looks at all it may look at alike.
  parameters["layers.0.attention.key.weight"] = tf.zerosLike(
    parameters["layers.0.attention.key.weight"] as tf.Tensor,
  );
  const { attention } = await createInspector(experiment).snapshot(parameters, 1);
  const heads = Array.from({ length: 4 }, () => [255, 0, 0, 128, 128, 0, 85, 85, 85]).flat();
  expect([...(attention ?? [])]).toEqual(heads);
  tf.dispose(parameters);
});

test.each([
  ["a stream of digits", experimentOf("addition-777", { digits: "2" })],
  [
    "rows of bits",
    experimentOf("nanda", { task: "parity", bits: "6", samples: "60", "d-model": "16" }),
  ],
  ["permutations", experimentOf("nanda", { op: "s5", "d-model": "8", "train-fraction": "0.1" })],
])("%s have the views that the scene says", async (_, experiment) => {
  const parameters = initialise(modelOf(experiment), 0);
  const inspector = createInspector(experiment);
  const view = await inspector.snapshot(parameters, 1);
  const { missing, attention } = inspector.scene;
  expect(view.answers === null).toBe("answers" in missing);
  expect(view.embedding === null).toBe("embedding" in missing);
  expect(view.waves === null).toBe("spectrum" in missing);
  expect(view.attention?.length).toBe(
    (attention?.layers ?? 0) * (attention?.heads ?? 0) * (attention?.positions.length ?? 0) ** 2,
  );
  expect(view.measures["weight_norm"]).toBeGreaterThan(0);
  if (view.embedding !== null) {
    expect(view.embedding.points).toHaveLength(2 * inspector.scene.symbols.length);
  }
  tf.dispose(parameters);
});

test("measures on demand, and what is not there", async () => {
  const experiment = small.mlp;
  const parameters = initialise(modelOf(experiment), 0);
  const inspector = createInspector(experiment);
  const values = await inspector.measure(parameters, ["kernel-alignment"]);
  expect(Object.keys(values)).toEqual(["kernel_alignment", "kernel_alignment_upstream"]);
  await expect(inspector.measure(parameters, ["charm"])).rejects.toThrow(
    "there is no measure charm here: allowed are",
  );
  await expect(inspector.at(parameters, { step: 1, a: 7, b: 0 })).rejects.toThrow(
    new RangeError("there is no pair (7, 0) in this experiment's table"),
  );
  const division = createInspector(small.mlx);
  await expect(division.at(parameters, { step: 1, a: 1, b: 0 })).rejects.toThrow(RangeError);
  tf.dispose(parameters);
});

test("looks at the first and the last evaluation, between them within its share", async () => {
  const experiment = experimentOf("mlp", { p: "5", width: "4", "embed-dim": "4", steps: "5000" });
  const parameters = initialise(modelOf(experiment), 0);
  let time = 0;
  // Each look at this clock takes a second.
  const inspector = createInspector(experiment, () => (time += 1000));
  expect(inspector.isDue(100)).toBe(true);
  const first = await inspector.glance(parameters, 100);
  expect(first.measures).toHaveProperty("rqi");
  const began = time;
  const looks = { all: 0, whole: 0 };
  for (let step = 200; step < 5000; step += 100) {
    time += 10_000;
    if (!inspector.isDue(step)) continue;
    const { measures } = await inspector.glance(parameters, step);
    expect(measures).toHaveProperty("restricted_loss");
    looks.all++;
    if ("rqi" in measures) looks.whole++;
  }
  // What may be spent at the beginning, a share of the rest, and one look beyond; each is a second.
  const seconds = (time - began) / 1000;
  expect(looks.all).toBeLessThanOrEqual(1.2 + 0.045 * seconds + 1);
  expect(looks.all).toBeGreaterThanOrEqual(0.04 * seconds);
  expect(looks.whole).toBeLessThanOrEqual(0.4 + 0.02 * seconds + 1);
  expect(looks.whole).toBeGreaterThanOrEqual(0.015 * seconds);
  expect(inspector.isDue(5000)).toBe(true);
  tf.dispose(parameters);
});

test("counts a look before training as the first, and makes none of that step again", async () => {
  const experiment = experimentOf("mlp", { p: "5", width: "4", "embed-dim": "4", steps: "5000" });
  const parameters = initialise(modelOf(experiment), 0);
  let time = 0;
  // Each look at this clock takes a second, and the beginning saves up 1.2 of them in 12.
  const inspector = createInspector(experiment, () => (time += 1000));
  await inspector.snapshot(parameters, 0);
  time += 60_000;
  expect(inspector.isDue(0)).toBe(false);
  expect(inspector.isDue(1)).toBe(false);
  // What happened is seen, without what takes long.
  expect((await inspector.glance(parameters, 2)).measures).not.toHaveProperty("rqi");
  time += 60_000;
  expect(inspector.isDue(3)).toBe(true);
  expect((await inspector.snapshot(parameters, 3)).measures).toHaveProperty("rqi");
  tf.dispose(parameters);
});
