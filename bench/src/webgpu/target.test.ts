import { expect, it } from "vitest";
import { spread } from "../statistics.ts";
import type { WebgpuImplementation, WebgpuResult } from "./result.ts";
import { targetRows } from "./target.ts";
import { aResult, implementation } from "./testing.ts";

const verdictsOf = (result: WebgpuResult) =>
  targetRows(result).map(({ workload, value, verdict }) => [workload, value, verdict]);

function workload(id: "W0" | "W1" | "W2", implementations: WebgpuImplementation[]) {
  return { id, preset: "", title: "", batch: 8, parameters: 1, implementations };
}

const speeds = (...values: number[]) => ({ stepsPerSecond: spread(values) });

it("judges what was measured, round by round", () => {
  const result = aResult({
    workloads: [
      workload("W0", [
        implementation("ours-node", { ...speeds(300, 400, 500), dispatches: 57 }),
        implementation("torch-eager", speeds(100, 100, 100)),
        implementation("torch-graph", speeds(500, 500, 400)),
      ]),
      workload("W1", [
        implementation("ours-node", speeds(199)),
        implementation("torch-eager", speeds(100)),
        implementation("torch-graph", speeds(100)),
      ]),
      workload("W2", [implementation("ours-node", { dispatches: 20.5 })]),
    ],
    mainJob: [4, 1, 6].map((seconds, seed) => ({
      seed,
      status: "grokked",
      tGrok: 1000,
      seconds,
      stepsPerSecond: 500,
    })),
  });
  expect(verdictsOf(result)).toEqual([
    ["W0", 57, "reached"],
    ["W2", 20.5, "missed"],
    ["W0", 4, "more than hoped for"],
    ["W0", 0.8, "short of the aim"],
    ["W1", 1.99, "missed"],
    ["W1", 1.99, "more than hoped for"],
    ["W0", 4, "reached"],
  ]);
});

it("takes counts from a software adapter, and no speeds", () => {
  const measured = { ...speeds(300), dispatches: 57 };
  const result = aResult({
    adapter: { name: "SwiftShader (software)", isSoftware: true, hasTimestamps: true },
    workloads: [
      workload("W0", [
        implementation("ours-node", measured),
        implementation("torch-eager", speeds(1)),
      ]),
    ],
  });
  const none = "not measured: software adapter";
  expect(verdictsOf(result)).toEqual([
    ["W0", 57, "reached"],
    ["W2", undefined, "not measured: W2 was not asked for"],
    ["W0", undefined, none],
    ["W0", undefined, none],
    ["W1", undefined, none],
    ["W1", undefined, none],
    ["W0", undefined, none],
  ]);
});

it("says why something is missing on a GPU", () => {
  const result = aResult({
    workloads: [workload("W0", [implementation("ours-node", speeds(300))])],
    skipped: ["PyTorch, CUDA, eager on W0: PyTorch 2.11 finds no CUDA device here\nTrace"],
    mainJob: [{ seed: 3, status: "finished", tGrok: null, seconds: 9, stepsPerSecond: 500 }],
  });
  const verdicts = targetRows(result).map(({ verdict }) => verdict);
  expect(verdicts[2]).toBe(
    "not measured: PyTorch, CUDA, eager on W0: PyTorch 2.11 finds no CUDA device here",
  );
  expect(verdicts[3]).toBe("not measured");
  expect(verdicts[6]).toBe("not measured: seed 3 ended as finished, not grokked");
  expect(targetRows({ ...result, mainJob: null }).at(-1)?.verdict).toBe(
    "not measured: --main-job asks for it",
  );
});

it("does not compare with one that trains something else", () => {
  const wrong = {
    ...implementation("torch-eager", speeds(1)),
    verdict: "its loss went from 4 to 5",
  };
  const result = aResult({
    workloads: [workload("W0", [implementation("ours-node", speeds(300)), wrong])],
  });
  const [, , row] = targetRows(result);
  expect(row?.value).toBeUndefined();
  expect(row?.verdict).toBe(
    "not measured: PyTorch, CUDA, eager is wrong: its loss went from 4 to 5",
  );
});
