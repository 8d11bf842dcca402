import { resolveExperiment } from "@grok/train";
import { expect, it } from "vitest";
import { describe } from "../worker/describe";
import { compareData } from "./compare-data";
import { compareFigure } from "./compare-figure";
import { groupRuns, type ReadableRun } from "./groups";

function run(id: string, flags: Record<string, string>): ReadableRun {
  const experiment = resolveExperiment({ preset: "mlp", flags });
  const made = { ...describe(experiment), records: 2, step: 20 };
  return {
    id,
    name: id,
    begun: 0,
    parent: null,
    run: made,
    summary: null,
    problem: null,
    branch: null,
  };
}

const runs = [
  run("d", { "weight-decay": "0", seed: "1" }),
  run("c", { "weight-decay": "1", seed: "2" }),
  run("b", { "weight-decay": "1", seed: "1", steps: "70" }),
  run("a", { "weight-decay": "1", seed: "0" }),
];

it("puts seeds together, and names groups by what differs", () => {
  expect(groupRuns(runs).map(({ name, runs: own }) => [name, own.map(({ id }) => id)])).toEqual([
    ["weight decay 1", ["a", "b", "c"]],
    ["weight decay 0", ["d"]],
  ]);
  expect(groupRuns(runs.slice(1, 3)).map(({ name }) => name)).toEqual(["a + b mod 97"]);
});

it("draws a run's own curve, and of seeds the median between the least and the greatest", () => {
  const record = (step: number, val_acc: number) => ({
    step,
    epoch: 0,
    train_loss: 1,
    train_acc: 1,
    val_loss: 0,
    val_acc,
    elapsed_sec: 0,
  });
  const records = new Map([
    ["a", [record(1, 0.1), record(10, 0.2), record(20, 0.9)]],
    ["b", [record(1, 0.3), record(10, 0.4)]],
    ["c", [record(1, 0.2), record(10, 0.6)]],
    ["d", [record(5, 0.5), record(10, 0.7)]],
  ]);
  const { steps, curves, bands } = compareData(groupRuns(runs), records, "val_acc");
  expect(steps.slice(0, 3)).toEqual([1, 5, 10]);
  expect(curves.map(({ name }) => name)).toEqual([
    "",
    "",
    "weight decay 1 (median and range of seeds: 3 to step 10, then 1)",
    "weight decay 0",
  ]);
  const at = (i: number) => curves[i]?.values.slice(0, 3);
  expect([at(0), at(1), at(2), at(3)]).toEqual([
    [0.3, null, 0.6],
    [0.1, null, 0.2],
    [0.2, null, 0.4],
    [null, 0.5, 0.7],
  ]);
  // The run that continues is not cut where the others were stopped.
  expect([steps[3], curves[2]?.values[3]]).toEqual([20, 0.9]);
  expect(bands).toMatchObject([{ between: [0, 1] }]);
  const figure = compareFigure(groupRuns(runs), records, { column: "val_acc", isLogSteps: true });
  expect(figure).toMatch(/^<svg[\s\S]*weight decay 1[\s\S]*N = 3 to step 10, then 1/);
  // A loss of 0 has no place on a log axis.
  expect(compareData(groupRuns(runs), records, "val_loss").curves[3]?.values).not.toContain(0);
});
