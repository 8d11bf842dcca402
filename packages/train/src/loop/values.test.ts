import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { collect, MemoryStore } from "../../test/tiny";
import { assemble, resolveExperiment, train } from "../index";
import { experimentOfLink, linkOf } from "../link/index";
import type { GivenFlags } from "../preset/overrides";
import { decodeMetrics } from "../run/metrics";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

const small = {
  task: "polynomial",
  features: 4,
  samples: 40,
  coefficients: "0,1",
  width: 16,
  depth: 2,
  "train-fraction": 0.75,
  steps: 150,
  "eval-every": 50,
  lr: 0.01,
  "weight-decay": 0,
};

async function run(flags: GivenFlags = {}) {
  const experiment = resolveExperiment({ preset: "mlp", flags: { ...small, ...flags } });
  const store = new MemoryStore();
  const events = await collect(train(experiment, { store }));
  return { experiment, store, events };
}

test("a network learns a linear map, without accuracies, and groks by what it explains", async () => {
  const { experiment, store } = await run();
  expect(experiment.training.loss).toBe("mse");
  expect(experimentOfLink(linkOf(experiment))).toEqual(experiment);
  const last = store.records.at(-1);
  expect(last).toMatchObject({ train_acc: Number.NaN, val_acc: Number.NaN });
  expect(last?.val_explained).toBeGreaterThan(0.95);
  expect(last?.train_explained).toBeGreaterThan(0.99);
  const summary = store.summary;
  expect(summary).toMatchObject({ best_val_acc: null, status: "grokked" });
  expect(summary?.best_val_loss).toBeCloseTo(last?.val_loss as number, 12);
});

test("a record of values has null in its file and NaN in memory", () => {
  const line = (acc: number | null) =>
    `${JSON.stringify({ step: 1, epoch: 1, train_loss: 1, train_acc: acc, val_loss: 1, val_acc: acc, elapsed_sec: 0, val_explained: 0.5 })}\n`;
  const [read] = decodeMetrics(line(Number.NaN)).lines;
  expect(read?.text).toContain('"val_acc":null');
  expect(read?.record.val_acc).toBeNaN();
});

test("losses can say when a run has memorised and grokked", async () => {
  const { store } = await run({ "grok-loss": 100, "mem-loss": 1e-9, steps: 50 });
  // Whatever it explains: the first evaluation is below such a loss.
  expect(store.summary).toMatchObject({ t_mem: null, t_grok: store.records[0]?.step });
});

test("false labels are told apart from true ones", async () => {
  const experiment = resolveExperiment({
    preset: "order-parameters",
    flags: { p: 5, width: 64, "label-noise": 0.25, steps: 120, "eval-every": 120 },
  });
  const store = new MemoryStore();
  await collect(train(experiment, { store }));
  const { train_acc, train_acc_clean, train_acc_noisy, train_acc_restored } = store.records.at(
    -1,
  ) as Record<string, number>;
  const { trainSize: size } = assemble(experiment) as { trainSize: number };
  const noisy = Math.floor(0.25 * size);
  const right = (train_acc_clean as number) * (size - noisy) + (train_acc_noisy as number) * noisy;
  expect(right / size).toBeCloseTo(train_acc as number, 6);
  expect((train_acc_restored as number) + (train_acc_noisy as number)).toBeLessThanOrEqual(1);
});

test.each([
  [
    { loss: "softmax" },
    /training.loss softmax is for labels, and the answers of task polynomial are numbers; the loss can be mse\./,
  ],
  [
    { model: "mlx" },
    /has real-valued inputs, which model mlx, a transformer, cannot read; those that can are mlp, /,
  ],
  [
    { "label-noise": 0.1 },
    /--label-noise is for labels, and the answers of task polynomial are numbers\./,
  ],
])("%j is refused in a sentence", (flags, message) => {
  const given = { task: "polynomial", ...flags };
  expect(() => resolveExperiment({ preset: "mlp", flags: given })).toThrow(message);
});
