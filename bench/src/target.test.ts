import { expect, it } from "vitest";
import type { Library } from "./implementation.ts";
import type { ImplementationResult, WorkloadResult } from "./result.ts";
import { spread } from "./statistics.ts";
import { outcomes, productShare } from "./target.ts";

function implementation(
  library: Library,
  threads: number,
  rates: number[],
  build = library === "ours" ? "wide-" : "",
): ImplementationResult {
  return {
    key: `${library}-${build}${threads}`,
    title: `${library}, ${threads}`,
    library,
    threads,
    stepsPerSecond: spread(rates),
    gflopPerStep: 1,
    peakMemory: 1,
    losses: { first: [1], last: 0.5 },
    verdict: "trains",
    profile: null,
  };
}

function workload(id: "W0" | "W3", implementations: ImplementationResult[]): WorkloadResult {
  const parts = { title: "", preset: "", parameters: 1, peak: null, products: null };
  return { id, ...parts, implementations };
}

it("compares each build's better number of threads with the best of the others, round by round", () => {
  const found = outcomes([
    workload("W0", [
      implementation("ours", 2, [30, 15, 33]),
      implementation("ours", 1, [20, 10, 22]),
      implementation("ours", 2, [10, 10, 10], "relaxed-"),
      implementation("ours", 1, [20, 20, 20], "relaxed-"),
      implementation("torch", 1, [10, 5, 10]),
      implementation("torch", 2, [1, 1, 99]),
    ]),
  ]);
  expect(found.map(({ ours, against, needed }) => [ours.key, against.key, needed])).toEqual([
    ["ours-wide-2", "torch-1", 4],
    ["ours-relaxed-1", "torch-1", 2.4],
    ["ours-wide-2", "ours-wide-1", 1.7],
  ]);
  expect(found[0]?.ratio.values).toEqual([3, 3, 3.3]);
  expect(found[2]?.ratio.values).toEqual([1.5, 1.5, 1.5]);
});

it("compares if there is no target, and not where one side is missing", () => {
  const stock = implementation("stock", 1, [1]);
  const [outcome, ...others] = outcomes([
    workload("W3", [
      implementation("ours", 2, [8]),
      implementation("ours", 2, [9], "wide-whole-"),
      stock,
    ]),
  ]);
  expect(others).toEqual([]);
  expect(outcome?.ratio.values).toEqual([8]);
  expect(outcome).not.toHaveProperty("needed");
  expect(outcomes([workload("W3", [stock])])).toEqual([]);
});

it("weighs products by their work and how often they occur", () => {
  const shape = { transposeA: false, transposeB: false };
  const products = {
    products: [
      { product: { m: 10, k: 10, n: 10, count: 2, ...shape }, speeds: [40, 20] },
      { product: { m: 10, k: 10, n: 20, count: 1, ...shape }, speeds: [10, 20] },
    ],
    peaks: [50, 40],
  };
  // Equal work at 40 and 10 GFLOP/s is work at 16.
  const share = productShare({ ...workload("W0", []), products });
  expect(share?.values).toEqual([16 / 50, 0.5]);
  expect(productShare(workload("W0", []))).toBeUndefined();
});
