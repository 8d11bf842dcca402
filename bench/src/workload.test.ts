import { parameterCount } from "@grok/models";
import { dataOf, modelOf, resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { workload, workloadIds } from "./workload.ts";

it.each([
  ["W0", 418_944, 512, 4608],
  ["W1", 422_528, 512, 4656],
  ["W2", 168_929, 256, 4234],
  ["W3", 149_601, 2822, 2822],
  ["W4", 777, 512, null],
] as const)("%s trains %i parameters on batches of %i", (id, parameters, size, trainSize) => {
  const { experiment } = workload(id);
  const data = dataOf(experiment);
  expect(parameterCount(modelOf(experiment))).toBe(parameters);
  expect(data.trainSize).toBe(trainSize);
  const sizes = Array.from({ length: 20 }, (_, step) => data.batch(step).size);
  expect(new Set(sizes)).toEqual(new Set([size]));
});

it.each(workloadIds)("%s is its preset except what does not change a step", (id) => {
  const { preset, experiment } = workload(id);
  const original = resolveExperiment({ preset });
  expect(experiment.model).toEqual(original.model);
  expect(experiment.optimizer).toEqual(original.optimizer);
  expect(experiment.training.batch).toEqual(original.training.batch);
  expect(experiment.training.loss).toEqual(original.training.loss);
});

it.each(["W0", "W1", "W2"] as const)("%s cut down has small sets and the same network", (id) => {
  const cut = workload(id, { examples: 16, checkSteps: 3 });
  const { model, optimizer, seed, training } = workload(id).experiment;
  expect(cut.experiment).toMatchObject({ model, optimizer, seed });
  expect(cut.experiment.training).toEqual({
    ...training,
    batch: { ...training.batch, size: 16 },
  });
  expect(cut.checkSteps).toBe(3);
  const data = dataOf(cut.experiment);
  const last = Math.ceil((data.trainSize as number) / 16) - 1;
  expect([data.batch(0).size, data.batch(last).size]).toEqual([16, 16]);
  expect(data.validationSet.size).toBeLessThan(250);
});

it("adds numbers of ten digits from the first step", () => {
  const { tokens, size } = dataOf(workload("W4").experiment).batch(0);
  const first = Array.from({ length: size }, (_, i) => tokens[33 * i] as number);
  // One in ten operands has ten digits, of which one in ten begins with 0.
  expect(first.filter((digit) => digit > 0).length).toBeGreaterThan(20);
});
