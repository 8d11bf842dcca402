import { type Batch, batchOf, gather } from "@grok/data";
import { initialValues, type ModelConfig } from "@grok/models";
import type { OptimizerConfig } from "@grok/optim";
import { dataOf, modelOf, taskOf } from "@grok/train";
import { optimizerConfig } from "./optimizer-config.ts";
import type { Workload } from "./workload.ts";

/** Where a parameter's values are among all values. */
export interface HandedParameter {
  name: string;
  shape: number[];
  /** Its first number, of all parameters' numbers. */
  start: number;
}

/** What every implementation gets, in whatever language: `fixture.json` beside the arrays. */
export interface Fixture {
  model: ModelConfig;
  optimizer: OptimizerConfig;
  /** How batches are drawn once the common ones are used up. */
  batch: { mode: "replacement" | "full" | "stream" | "epoch"; size: number };
  /** Tokens per example. */
  length: number;
  /** Positions at which answers are read. */
  answerPositions: number[];
  parameters: HandedParameter[];
  checkSteps: number;
}

/** A fixture with its arrays, as an implementation in JavaScript reads it. */
export interface ReadFixture extends Fixture {
  /** Initial weights by name. */
  weights: Map<string, { shape: number[]; values: Float32Array }>;
  /** The common batches, of the first steps. */
  check: Batch[];
  /** All training examples; null if they never end. */
  train: Batch | null;
}

/** The fixture of a workload, without its arrays. */
export function fixtureOf({ experiment, checkSteps }: Workload): Fixture {
  const { length, answerPositions } = taskOf(experiment);
  const model = modelOf(experiment);
  const { batch } = experiment.training;
  const size = dataOf(experiment).batch(0).size;
  let start = 0;
  const parameters = initialValues(model, experiment.seed).map(({ name, shape, values }) => {
    const parameter = { name, shape, start };
    start += values.length;
    return parameter;
  });
  return {
    model,
    optimizer: optimizerConfig(experiment),
    batch: { mode: batch.mode, size },
    length,
    answerPositions: [...answerPositions],
    parameters,
    checkSteps,
  };
}

/** The files of a fixture beside `fixture.json`; the last two are missing where examples never end. */
export const fixtureArrays = [
  "weights.f32",
  "check-tokens.i32",
  "check-labels.i32",
  "train-tokens.i32",
  "train-labels.i32",
] as const;

/** A file's bytes by its name. */
type Bytes = (name: (typeof fixtureArrays)[number]) => ArrayBuffer;

/** A fixture with its arrays, from its files. */
export function assembleFixture(fixture: Fixture, bytes: Bytes): ReadFixture {
  const numbers = new Float32Array(bytes("weights.f32"));
  const weights = new Map(
    fixture.parameters.map(({ name, shape, start }) => {
      const size = shape.reduce((product, side) => product * side, 1);
      return [name, { shape, values: numbers.slice(start, start + size) }];
    }),
  );
  const { batch, checkSteps } = fixture;
  const all = examplesOf("check", bytes, fixture);
  const check = Array.from({ length: checkSteps }, (_, step) => {
    const first = batch.mode === "full" ? 0 : step * batch.size;
    return gather(
      all,
      Int32Array.from({ length: batch.size }, (__, i) => first + i),
    );
  });
  const train = batch.mode === "stream" ? null : examplesOf("train", bytes, fixture);
  return { ...fixture, weights, check, train };
}

function examplesOf(name: "check" | "train", bytes: Bytes, { length }: Fixture): Batch {
  const tokens = new Int32Array(bytes(`${name}-tokens.i32`));
  const labels = new Int32Array(bytes(`${name}-labels.i32`));
  return batchOf({ tokens, labels, size: tokens.length / length });
}
