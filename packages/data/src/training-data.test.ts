import { expect, test } from "vitest";
import { additionTask } from "./task/addition";
import { binaryTask } from "./task/binary";
import { parityTask } from "./task/parity";
import type { Batch, FiniteTask, Task } from "./task/task";
import { preparingTrainingData, type TrainingDataOptions, trainingData } from "./training-data";

const division = binaryTask({ operation: "/" });
const options = { seed: 0, trainFraction: 0.5, batchSize: 512 };

function rows(batch: Batch): string[] {
  const width = batch.tokens.length / batch.size;
  const answers = batch.labels.length / batch.size;
  return Array.from({ length: batch.size }, (_, i) =>
    [
      ...batch.tokens.subarray(i * width, (i + 1) * width),
      ...batch.labels.subarray(i * answers, (i + 1) * answers),
    ].join(),
  );
}

test("a finite task: the main job's sizes, its sets disjoint and whole, its batches of training", () => {
  const data = trainingData(division, options);
  expect(data).toMatchObject({ trainSize: 4_656, stepsPerEpoch: 10 });
  const train = rows(data.trainSet(0));
  const validation = rows(data.validationSet);
  expect([train.length, validation.length]).toEqual([4_656, 4_656]);
  expect([...train, ...validation].sort()).toEqual(rows(division.dataset()).sort());
  const epoch = Array.from({ length: 10 }, (_, step) => rows(data.batch(step))).flat();
  expect(epoch.sort()).toEqual(train.sort());
});

test("with replacement, batches are of training examples only", () => {
  const data = trainingData(division, { ...options, mode: "replacement" });
  const train = new Set(rows(data.trainSet(0)));
  for (let step = 0; step < 20; step++) {
    const batch = rows(data.batch(step));
    expect(batch).toHaveLength(512);
    expect(batch.every((row) => train.has(row))).toBe(true);
  }
});

test("a full batch is one object, the training set", () => {
  const task = binaryTask({ operation: "+", layout: "one-hot" });
  const data = trainingData(task, { seed: 42, trainFraction: 0.3, mode: "full" });
  expect(data.batch(0).size).toBe(2_822);
  expect(data.batch(7)).toBe(data.batch(0));
  expect(data.trainSet(9)).toBe(data.batch(0));
  expect(data.stepsPerEpoch).toBe(1);
});

test("a stream: no end, the test set of 10,000 the same whatever the run's seed", () => {
  const task = additionTask();
  const data = trainingData(task, { seed: 3, batchSize: 8 });
  expect(data).toMatchObject({ trainSize: null, stepsPerEpoch: null });
  expect(data.validationSet.size).toBe(10_000);
  expect(data.batch(5)).toEqual(task.stream(3, 5, 8));
  expect(data.trainSet(5)).toEqual(data.batch(5));
  expect(trainingData(task, { seed: 4, batchSize: 8 }).validationSet).toEqual(data.validationSet);
  const other = trainingData(task, { seed: 3, batchSize: 8, testSeed: 1 });
  expect(other.validationSet).not.toEqual(data.validationSet);
});

test.each<[string, Task, TrainingDataOptions]>([
  ["epoch", division, options],
  ["replacement", division, { ...options, mode: "replacement" }],
  ["parity", parityTask(), { seed: 1, trainFraction: 0.9, batchSize: 32 }],
  ["addition", additionTask({ testSize: 10 }), { seed: 1, batchSize: 4 }],
])("%s: batches repeat in any order, and another seed has others", (_, task, given) => {
  const steps = [0, 31, 7, 31, 1_000_003];
  const data = trainingData(task, given);
  const batches = steps.map((step) => data.batch(step));
  expect(batches[1]).toEqual(batches[3]);
  const again = trainingData(task, given);
  for (const [i, step] of [...steps.entries()].reverse()) {
    expect(again.batch(step)).toEqual(batches[i]);
  }
  const other = trainingData(task, { ...given, seed: given.seed + 1 });
  expect(other.batch(0).tokens).not.toEqual(batches[0]?.tokens);
});

test.each<[string, FiniteTask]>([
  ["equations", binaryTask({ operation: "/", p: 599, layout: "power" })],
  ["one-hot equations", binaryTask({ operation: "x2+xy+y2", p: 521, layout: "one-hot" })],
  ["parity", parityTask({ bits: 22, samples: 300_000, layout: "one-hot" })],
])("many %s are made when asked for, the same as from a table", (_, task) => {
  const given = { seed: 5, trainFraction: 0.3, batchSize: 64 } as const;
  const { source: _source, ...tableAlone } = task;
  // A task that has only a table is asked for it.
  const [some, all] = [trainingData(task, given), trainingData(tableAlone, given)];
  expect(task.source?.size).toBeGreaterThan(2 ** 18);
  expect(some).toMatchObject({ trainSize: all.trainSize, stepsPerEpoch: all.stepsPerEpoch });
  for (const step of [0, 7, 100_000]) expect(some.batch(step)).toEqual(all.batch(step));
  for (const [from, to] of [
    [0, 100],
    [5_000, 9_096],
  ] as const) {
    expect(some.validation.part(from, to)).toEqual(all.validation.part(from, to));
    expect(some.training?.part(from, to)).toEqual(all.training?.part(from, to));
  }
  expect(some.validation.size).toBe(all.validation.size);
});

test("a large task is prepared piece by piece", () => {
  const task = parityTask({ bits: 40, samples: 200_000 });
  const work = preparingTrainingData(task, { seed: 0, trainFraction: 0.5, batchSize: 64 });
  let pieces = 0;
  for (let next = work.next(); next.done !== true; next = work.next()) pieces++;
  // Its order and its numbers, 2^16 at a time.
  expect(pieces).toBe(4 + 4);
});

test("what is missing or out of bounds is named", () => {
  expect(() => trainingData(division, { seed: 0, batchSize: 512 })).toThrow("The train fraction");
  expect(() => trainingData(division, { seed: 0, trainFraction: 0.5 })).toThrow("The batch size");
  expect(() => trainingData(additionTask(), { seed: 0 })).toThrow("The batch size");
  expect(() => trainingData(division, { ...options, trainFraction: 1.5 })).toThrow("not 1.5");
});
