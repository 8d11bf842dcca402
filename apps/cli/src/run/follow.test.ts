import {
  type EvaluationRecord,
  resolveExperiment,
  type Summary,
  type TrainEvent,
} from "@grok/train";
import { expect, it } from "vitest";
import { TestProcessEnv } from "../../test/process-env";
import type { Display } from "../display/display";
import type { RunStatus } from "../display/run-status";
import { follow } from "./follow";
import { listenForInterrupt } from "./interrupt";

const record = (step: number): EvaluationRecord => ({
  step,
  epoch: step / 10,
  train_loss: 1,
  train_acc: 1,
  val_loss: 1,
  val_acc: 1,
  elapsed_sec: step,
});

const summary = { status: "grokked", steps: 21 } as Summary;
const experiment = resolveExperiment({ flags: { "grok-threshold": "0.9", "stop-on-grok": false } });

const events: TrainEvent[] = [
  {
    type: "start",
    experiment,
    parameters: 7,
    step: 5,
    steps: 100,
    stepsPerEpoch: 10,
    trainSize: 50,
    validationSize: 50,
    backend: "cpu",
    arithmetic: "fused",
  },
  { type: "progress", step: 8, epoch: 0.8, stepsPerSec: 1, loss: null },
  { type: "evaluation", record: record(10) },
  { type: "milestone", name: "t_mem", step: 10, epoch: 1 },
  { type: "evaluation", record: record(20) },
  { type: "milestone", name: "t_grok", step: 20, epoch: 2 },
  { type: "end", summary },
];

/** Keeps what it is shown. */
class Recorder implements Display {
  readonly shown: (readonly [string, Partial<RunStatus>])[] = [];

  progress(runStatus: RunStatus): void {
    this.shown.push(["progress", { ...runStatus }]);
  }
  evaluation(_record: EvaluationRecord, runStatus: RunStatus): void {
    this.shown.push(["evaluation", { ...runStatus }]);
  }
  milestone(name: string, runStatus: RunStatus): void {
    this.shown.push([name, { ...runStatus }]);
  }
  message(text: string): void {
    this.shown.push([text, {}]);
  }
  close(): void {
    this.shown.push(["close", {}]);
  }
}

async function* inTurn(onEvent: (event: TrainEvent) => void = () => {}) {
  for (const event of events) {
    onEvent(event);
    yield event;
  }
}

const before = { last: undefined, tMem: null, tGrok: null };

it("shows where a run stands at each event, to its end", async () => {
  const display = new Recorder();
  const interrupt = listenForInterrupt(new TestProcessEnv());
  const outcome = await follow(inTurn(), display, interrupt, { ...before, greet: () => "hello" });
  interrupt.release();
  expect(outcome).toEqual({ summary, stepsPerEpoch: 10, cause: undefined });
  const course = display.shown.map(([what, { step, tMem, tGrok }]) => [what, step, tMem, tGrok]);
  expect(course).toEqual([
    ["hello", undefined, undefined, undefined],
    ["progress", 5, null, null],
    ["progress", 8, null, null],
    ["evaluation", 10, null, null],
    ["t_mem", 10, 10, null],
    ["evaluation", 20, 10, null],
    ["t_grok", 20, 10, 20],
    ["progress", 21, 10, 20],
    ["close", undefined, undefined, undefined],
  ]);
  const [, last] = display.shown.at(-2) ?? [];
  expect(last).toMatchObject({
    note: "grokked",
    last: { step: 20 },
    steps: 100,
    rules: { grokThreshold: 0.9 },
    stopsOnGrok: false,
  });
});

it("says at once that it stops, when it is asked to", async () => {
  const display = new Recorder();
  const processEnv = new TestProcessEnv();
  const interrupt = listenForInterrupt(processEnv);
  const asked = inTurn((event) => event.type === "evaluation" && processEnv.send("SIGINT"));
  await follow(asked, display, interrupt, { ...before, greet: () => "" });
  interrupt.release();
  const notes = display.shown.map(([, { note }]) => note).filter((note) => note !== undefined);
  expect(notes[0]).toBe("stopping; Ctrl-C again leaves at once");
  expect(interrupt.signal.aborted).toBe(true);
});
