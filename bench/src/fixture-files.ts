import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Batch } from "@grok/data";
import { initialValues } from "@grok/models";
import { dataOf } from "@grok/train";
import { assembleFixture, type Fixture, fixtureOf, type ReadFixture } from "./fixture.ts";
import type { Workload } from "./workload.ts";

/** Writes a workload's fixture: initial weights, the common batches, and the training examples. */
export function writeFixture(workload: Workload, folder: string): Fixture {
  const { experiment, checkSteps } = workload;
  mkdirSync(folder, { recursive: true });
  const data = dataOf(experiment);
  const fixture = fixtureOf(workload);
  writeFileSync(join(folder, "fixture.json"), JSON.stringify(fixture));
  const weights = initialValues(fixture.model, experiment.seed).map(({ values }) => values);
  writeArrays(join(folder, "weights.f32"), weights);
  // In full-batch training every step has the same batch: once is enough.
  const steps = fixture.batch.mode === "full" ? 1 : checkSteps;
  const batches = Array.from({ length: steps }, (_, step) => data.batch(step));
  writeExamples(folder, "check", batches);
  if (data.trainSize !== null) writeExamples(folder, "train", [data.trainSet(0)]);
  return fixture;
}

/** Reads a fixture from its folder. */
export function readFixture(folder: string): ReadFixture {
  const fixture = JSON.parse(readFileSync(join(folder, "fixture.json"), "utf8")) as Fixture;
  return assembleFixture(fixture, (name) => readBytes(join(folder, name)));
}

function writeExamples(folder: string, name: string, batches: Batch[]): void {
  const tokens = batches.map((each) => each.tokens);
  writeArrays(join(folder, `${name}-tokens.i32`), tokens);
  const labels = batches.map((each) => each.labels);
  writeArrays(join(folder, `${name}-labels.i32`), labels);
}

function writeArrays(file: string, arrays: (Float32Array | Int32Array)[]): void {
  const bytes = arrays.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  writeFileSync(file, Buffer.concat(bytes));
}

function readBytes(file: string): ArrayBuffer {
  const bytes = readFileSync(file);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
