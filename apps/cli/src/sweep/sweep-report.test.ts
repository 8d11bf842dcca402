import type { RunState, SweepState } from "@grok/sweep";
import { expect, it } from "vitest";
import { sweepReport } from "./sweep-report";

const run: RunState = {
  name: "0".repeat(16),
  settings: {},
  state: "finished",
  step: 10,
  steps: 10,
  t_mem: null,
  t_grok: null,
  val_acc: 0.5,
  best_val_acc: 0.5,
  elapsed_sec: 1,
};

it("tells of runs that were not computed alike, and only of those", () => {
  const page = { style: (_format: unknown, text: string) => text, columns: 200 };
  const report = (arithmetics: (string | undefined)[]) => {
    const runs = arithmetics.map((arithmetic) => ({ ...run, arithmetic }));
    const state = { format: "grok-sweep-1", title: null, spec: {}, axes: [], updated: "", runs };
    const ended = { state: state as SweepState, folder: "runs/sweeps/x", files: ["runs.csv"] };
    return sweepReport({ ...ended, strangers: 0 }, page);
  };
  expect(report(["wasm, fused", "wasm, fused", undefined])).not.toContain("computed");
  expect(report(["wasm, fused", "wasm, rounded", "wasm, fused"])).toMatch(
    /computed +2 on wasm, fused, 1 on wasm, rounded: their last digits do not compare/,
  );
});
