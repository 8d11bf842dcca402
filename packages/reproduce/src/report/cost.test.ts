import { expect, it } from "vitest";
import { missingCost } from "./cost";

const run = (name: string, elapsed_sec: number) => ({ name, elapsed_sec });

it("multiplies the mean time of a run by the runs that are missing", () => {
  const runs = [run("a", 600), run("b", 1200), run("a", 600)];
  expect(missingCost({ done: 2, of: 5, runs })).toBe("the other 3 runs take about 45 min");
  expect(missingCost({ done: 2, of: 3, runs })).toBe("the other run takes about 15 min");
  expect(missingCost({ done: 2, of: 22, runs })).toBe("the other 20 runs take about 5.0 h");
  expect(missingCost({ done: 2, of: 82, runs })).toBe("the other 80 runs take about 20 h");
});

it("says nothing of a full set or of no runs", () => {
  expect(missingCost({ done: 2, of: 2, runs: [run("a", 1)] })).toBeNull();
  expect(missingCost({ done: 0, of: 2, runs: [] })).toBeNull();
});
