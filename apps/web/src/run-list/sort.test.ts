import { expect, test } from "vitest";
import type { RunEntry } from "../worker/protocol";
import { nextSorting, sortRuns } from "./sort";

/** A run of the list with what sorting reads. */
function entry(name: string, seed: number, step: number, tGrok: number | null): RunEntry {
  return {
    id: name,
    name,
    run: { experiment: { seed }, step },
    summary: { status: tGrok === null ? "finished" : "grokked", t_mem: 40, t_grok: tGrok },
    problem: null,
  } as unknown as RunEntry;
}

const broken = {
  id: "x",
  name: "x",
  run: null,
  summary: null,
  problem: "?",
} as unknown as RunEntry;
const list = [
  entry("run 10", 3, 900, null),
  broken,
  entry("run 9", 12, 90, 600),
  entry("b", 1, 90, 80),
];
const namesBy = (...[column, isDescending]: [Parameters<typeof nextSorting>[1], boolean]) =>
  sortRuns(list, { column, isDescending }).map(({ name }) => name);

test("numbers are sorted as numbers, and runs without a value come last either way", () => {
  expect(namesBy("seed", false)).toEqual(["b", "run 10", "run 9", "x"]);
  expect(namesBy("seed", true)).toEqual(["run 9", "run 10", "b", "x"]);
  expect(namesBy("tGrok", false)).toEqual(["b", "run 9", "run 10", "x"]);
  expect(namesBy("tGrok", true)).toEqual(["run 9", "b", "run 10", "x"]);
});

test("equal runs stay in their order, and names count as people do", () => {
  expect(namesBy("step", false)).toEqual(["run 9", "b", "run 10", "x"]);
  expect(namesBy("name", false)).toEqual(["b", "run 9", "run 10", "x"]);
  expect(namesBy("status", false)).toEqual(["run 10", "run 9", "b", "x"]);
});

test("a press sorts upwards, the next downwards, the third not at all", () => {
  const first = nextSorting(null, "step");
  expect(first).toEqual({ column: "step", isDescending: false });
  const second = nextSorting(first, "step");
  expect(second).toEqual({ column: "step", isDescending: true });
  expect(nextSorting(second, "step")).toBeNull();
  expect(nextSorting(second, "seed")).toEqual({ column: "seed", isDescending: false });
});
