import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Batch } from "@grok/data";
import { initialValues } from "@grok/models";
import { dataOf } from "@grok/train";
import { assembleHandout, type Handout, handoutOf, type ReadHandout } from "./handout.ts";
import type { Workload } from "./workload.ts";

/** Writes a workload's handout: initial weights, the common batches, and the training examples. */
export function writeHandout(workload: Workload, folder: string): Handout {
  const { experiment, checkSteps } = workload;
  mkdirSync(folder, { recursive: true });
  const data = dataOf(experiment);
  const handout = handoutOf(workload);
  writeFileSync(join(folder, "handout.json"), JSON.stringify(handout));
  const weights = initialValues(handout.model, experiment.seed).map(({ values }) => values);
  writeArrays(join(folder, "weights.f32"), weights);
  // In full-batch training every step has the same batch: once is enough.
  const steps = handout.batch.mode === "full" ? 1 : checkSteps;
  const batches = Array.from({ length: steps }, (_, step) => data.batch(step));
  writeExamples(folder, "check", batches);
  if (data.trainSize !== null) writeExamples(folder, "train", [data.trainSet(0)]);
  return handout;
}

/** Reads a handout from its folder. */
export function readHandout(folder: string): ReadHandout {
  const handout = JSON.parse(readFileSync(join(folder, "handout.json"), "utf8")) as Handout;
  return assembleHandout(handout, (name) => readBytes(join(folder, name)));
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
