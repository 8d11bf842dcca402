import type { EvaluationRecord } from "@grok/train";
import { expect, test } from "vitest";
import type { ReadableRun } from "./groups";
import { overTrunk } from "./over-trunk";

const run = (id: string, parent: string | null = null, at = 0) =>
  ({
    id,
    name: id,
    parent,
    branch: parent === null ? null : { of: parent, at, depth: 1 },
  }) as unknown as ReadableRun;

const course = [0, 10, 20, 30].map((step) => ({ step }) as EvaluationRecord);
const all = new Map(["a", "b", "c", "d"].map((id) => [id, course]));
const stepsOf = (of: ReturnType<typeof overTrunk>, id: string) =>
  of.records.get(id)?.map(({ step }) => step);

test("a branch beside its parent begins at the step at which it leaves it", () => {
  const both = overTrunk([run("a"), run("b", "a", 20)], all);
  expect(stepsOf(both, "a")).toEqual([0, 10, 20, 30]);
  expect(stepsOf(both, "b")).toEqual([20, 30]);
  expect(both.branches).toEqual([{ at: 20, label: "branch at 20" }]);
});

test("branches whose parent is not compared share the trunk of the one that leaves last", () => {
  const two = overTrunk([run("b", "a", 20), run("c", "a", 10)], all);
  expect([stepsOf(two, "b"), stepsOf(two, "c")]).toEqual([
    [0, 10, 20, 30],
    [10, 20, 30],
  ]);
  expect(two.branches.map(({ at }) => at)).toEqual([10]);
});

test("a branch of a branch leaves that one, and a branch alone is whole", () => {
  const three = overTrunk([run("a"), run("b", "a", 10), run("c", "b", 20)], all);
  expect([stepsOf(three, "b"), stepsOf(three, "c")]).toEqual([
    [10, 20, 30],
    [20, 30],
  ]);
  expect(stepsOf(overTrunk([run("c", "b", 20)], all), "c")).toEqual([0, 10, 20, 30]);
  expect(overTrunk([run("a"), run("d")], all)).toEqual({ records: all, branches: [] });
});

test("runs of a server, which know no ids, are told by the names of their folders", () => {
  const branch = { of: "a", at: 20, depth: 1 };
  const served = { id: "b", name: "sweep/b", parent: null, branch } as unknown as ReadableRun;
  const parent = { ...run("a"), name: "sweep/a" } as ReadableRun;
  expect(stepsOf(overTrunk([parent, served], all), "b")).toEqual([20, 30]);
});
