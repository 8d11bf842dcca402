import type { EvaluationRecord, StartEvent } from "@grok/train";
import { expect, test } from "vitest";
import type { SessionEvent } from "../worker/protocol";
import { recordsAfter } from "./records-after";

const record = (step: number) => ({ step, val_acc: step / 1000 }) as EvaluationRecord;
const evaluation = (step: number): SessionEvent => ({ type: "evaluation", record: record(step) });
const start = (step: number): SessionEvent => ({
  type: "start",
  start: { type: "start", step } as StartEvent,
});
const steps = (records: readonly EvaluationRecord[]) => records.map(({ step }) => step);

test("a run that starts again takes back what it repeats, and keeps what comes in the same frame", () => {
  const before = [record(50), record(100), record(150), record(200)];
  const after = recordsAfter(before, [start(120), evaluation(150), evaluation(200)]);
  expect(steps(after)).toEqual([50, 100, 150, 200]);
  // A hidden page gets the start and later evaluations together.
  expect(steps(recordsAfter([record(50)], [start(60), evaluation(100)]))).toEqual([50, 100]);
});

test("an evaluation of a step that was there takes its place, and those behind it go", () => {
  const before = [record(50), record(100), record(150)];
  expect(steps(recordsAfter(before, [evaluation(100)]))).toEqual([50, 100]);
  expect(recordsAfter(before, [])).toBe(before);
});
