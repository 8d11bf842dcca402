import "@tensorflow/tfjs-backend-cpu";
import { measures } from "@grok/metrics";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { collect, MemoryStore, timeless, tiny } from "../../test/tiny";
import type { Experiment } from "../experiment/experiment";
import { measuresOf } from "../experiment/metrics";
import { MetricsRecorder } from "./metrics-recorder";
import { train } from "./train";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const oneHot = tiny("order-parameters", {
  // With few residues all frequencies are key ones, and the signal has no noise to be compared with.
  p: 23,
  op: "+",
  width: 8,
  steps: 12,
  "eval-every": 4,
  metrics: "order-parameters",
});
const nanda = tiny("nanda", {
  p: 7,
  "d-model": 8,
  "n-heads": 2,
  steps: 4,
  "eval-every": 2,
  metrics: "progress",
});

async function run(experiment: Experiment, options: Parameters<typeof train>[1] = {}) {
  const store = new MemoryStore();
  await collect(train(experiment, { store, ...options }));
  return store;
}

function measuredColumns(experiment: Experiment) {
  const found = measuresOf(experiment);
  if (found === null) throw new Error("There are no measures.");
  const { measures: chosen, skipped } = found;
  return { names: chosen.flatMap(({ columns }) => [...columns]), skipped };
}

const columnsOf = (group: string) =>
  measures.filter((one) => one.group === group).flatMap(({ columns }) => [...columns]);

it("adds a column for each order parameter of a one-hot MLP, and leaks nothing", async () => {
  const before = tf.memory().numTensors;
  const { records, summary } = await run(oneHot);
  expect(tf.memory().numTensors).toBe(before);
  expect(records.map(({ step }) => step)).toEqual([1, 4, 8, 12]);
  expect(columnsOf("order-parameters")).toContain("rqi_upstream");
  for (const record of records) {
    for (const column of columnsOf("order-parameters")) {
      expect(record[column as "step"], `${column} at ${record.step}`).toSatisfy(Number.isFinite);
    }
  }
  expect(summary?.metrics_sec).toBeGreaterThan(0);
  expect(summary?.metrics_sec).toBeLessThanOrEqual(summary?.elapsed_sec as number);
});

it("measures the networks of the literature: without biases, with the norm in the stream", async () => {
  const small = { p: 23, steps: 4, "eval-every": 4, metrics: "order-parameters,progress,numerics" };
  const wide = { "d-model": 8, "n-heads": 2, "n-layers": 1, "batch-size": 64 };
  for (const experiment of [
    tiny("orthograd", { ...small, width: 8 }),
    tiny("grokfast-ema", { ...small, ...wide, op: "+", "stop-on-grok": false }),
  ]) {
    const { names, skipped } = measuredColumns(experiment);
    const { records } = await run(experiment);
    const last = records.at(-1) as unknown as Record<string, unknown>;
    expect(names.length, JSON.stringify(skipped)).toBeGreaterThan(5);
    for (const column of names) expect(last[column], column).toSatisfy(Number.isFinite);
  }
});

it("resumes a measured run byte for byte, and continues counting its seconds", async () => {
  const whole = await run(oneHot);
  const first = await run(oneHot, { until: 6 });
  const from = await first.last();
  expect(from.progress.metricsSec).toBeGreaterThan(0);
  const rest = await run(oneHot, { resumeFrom: from });
  expect(timeless([...first.records, ...rest.records])).toEqual(timeless(whole.records));
  const [a, b] = [await whole.last(), await rest.last()];
  expect(timeless(b.progress)).toEqual(timeless(a.progress));
  expect([...b.parameters]).toEqual([...a.parameters]);
  expect([...b.optimizer]).toEqual([...a.optimizer]);
  expect(rest.summary?.metrics_sec).toBeGreaterThan(from.progress.metricsSec);
});

it("refuses to continue with other metrics, as that would be another table", async () => {
  const from = await (await run(oneHot, { until: 6 })).last();
  const other = { ...oneHot, metrics: ["rqi"] };
  await expect(run(other, { resumeFrom: from })).rejects.toThrow("belongs to another experiment");
});

it("adds the progress measures of a transformer, and leaks nothing", async () => {
  const before = tf.memory().numTensors;
  const { records } = await run(nanda);
  expect(tf.memory().numTensors).toBe(before);
  expect(records.length).toBeGreaterThanOrEqual(2);
  for (const record of records) {
    for (const column of columnsOf("progress")) {
      expect(record[column as "step"], `${column} at ${record.step}`).toSatisfy(Number.isFinite);
    }
  }
});

it("has the order parameters of a transformer too, its last neurons' among them", async () => {
  const few = { metrics: ["rqi", "circularity", "effective-rank", "participation-ratio", "snr"] };
  const before = tf.memory().numTensors;
  const { records } = await run({ ...nanda, ...few });
  expect(tf.memory().numTensors).toBe(before);
  for (const record of records) {
    expect(record.participation_ratio).toBeGreaterThan(1);
    expect(record.effective_rank).toBeGreaterThan(1);
  }
});

it("has metrics at some evaluations only: the first, each so many, where it groks, and the last", async () => {
  const every = { p: 7, width: 8, metrics: "gini", "metrics-every": 3, steps: 20, "eval-every": 2 };
  const thinned = tiny("order-parameters", { ...every, "grok-threshold": 1e-9 });
  const measured = (records: readonly object[]) =>
    (records as { step: number }[]).filter((each) => "gini_embedding" in each);
  const whole = await run({ ...thinned, training: { ...thinned.training, grokThreshold: 1 } });
  expect(measured(whole.records).map(({ step }) => step)).toEqual([1, 6, 12, 18, 20]);
  // Grokked is the first evaluation that reaches the threshold, here the first that is right at all.
  const { records } = await run(thinned);
  const grokked = records.find(({ val_acc }) => val_acc > 0)?.step as number;
  const steps = [...new Set([1, 6, 12, 18, 20, grokked])].sort((a, b) => a - b);
  expect(measured(records).map(({ step }) => step)).toEqual(steps);
  // It is part of what the run is: another cadence is another table.
  const from = await (await run(thinned, { until: 6 })).last();
  const other = { ...thinned, training: { ...thinned.training, metricsEvery: 2 } };
  await expect(run(other, { resumeFrom: from })).rejects.toThrow("belongs to another experiment");
});

it("leaves a run alone that asks for nothing", async () => {
  const { records, summary } = await run({ ...nanda, metrics: [] });
  const measured = await run(nanda);
  expect(records[0]).not.toHaveProperty("restricted_loss");
  expect(summary).not.toHaveProperty("metrics_sec");
  // Measuring changes nothing of the training.
  expect(measured.records.map(({ val_loss }) => val_loss)).toEqual(
    records.map(({ val_loss }) => val_loss),
  );
});

it("writes what JSON has no number for as null", async () => {
  const further = () => ({ a: Number.NaN, b: Number.POSITIVE_INFINITY, c: null, d: 0 });
  const { columns } = await new MetricsRecorder(null, further).measure({}, 1);
  expect(columns).toEqual({ a: null, b: null, c: null, d: 0 });
});

it.each([
  ["val_acc", "every record has"],
  ["rqi", "a metric of the run gives"],
])("does not let a caller's column take the place of %s", async (name, whose) => {
  const store = await run(oneHot, { measure: () => ({ [name]: 1 }) });
  expect(store.records).toEqual([]);
  expect(store.summary).toMatchObject({
    status: "failed",
    error: `measure gives the column ${name}, which ${whose}; give it another name.`,
  });
});
