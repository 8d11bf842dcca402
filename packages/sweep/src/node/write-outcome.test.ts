import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { expandSweep, sweepAxes } from "../spec/expand-sweep";
import type { SweepSpec } from "../spec/spec";
import { type SweepState, waitingRun } from "../state/sweep-state";
import { writeOutcome } from "./write-outcome";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "grok-outcome-"))));
afterEach(() => rm(folder, { recursive: true }));

/** A sweep whose runs have all failed, and so need no folders. */
function failed(grid: SweepSpec["grid"]): SweepState {
  const spec: SweepSpec = { preset: "mlp", flags: { p: 11, steps: 100 }, grid };
  const axes = sweepAxes(spec);
  const runs = expandSweep(spec).map((run) => ({
    ...waitingRun(run, axes),
    state: "failed" as const,
    error: "The loss is NaN.",
  }));
  return { format: "grok-sweep-1", title: null, spec, axes, updated: "", runs };
}

it("asks for fonts where a title has letters that the figures' own lack", async () => {
  const state = { ...failed({ lr: [1, 2, 3] }), title: "重み減衰" };
  const asked: string[] = [];
  const fonts = {
    fontsFor(lines: readonly string[]) {
      asked.push(...lines);
      return Promise.resolve([]);
    },
  };
  await writeOutcome(folder, state, { fonts });
  expect(asked).toEqual(["重み減衰"]);
});

it("removes the figures of another sweep in the same folder, and nothing else", async () => {
  const two = failed({ lr: [1, 2, 3], "weight-decay": [0, 1] });
  await writeOutcome(folder, two);
  const plots = join(folder, "plots");
  expect((await readdir(plots)).sort()).toEqual([
    "phase-diagram.png",
    "phase-diagram.svg",
    "t-grok-by-lr.png",
    "t-grok-by-lr.svg",
  ]);
  await writeFile(join(plots, "my-own.png"), "");
  await writeOutcome(folder, two, { plots: false });
  expect(await readdir(plots)).toHaveLength(5);
  await writeOutcome(folder, failed({ "weight-decay": [0, 1, 2] }));
  expect((await readdir(plots)).sort()).toEqual([
    "my-own.png",
    "t-grok-by-weight-decay.png",
    "t-grok-by-weight-decay.svg",
  ]);
  // What is not drawn again, and shows other runs, is gone as well.
  await writeOutcome(folder, failed({ "weight-decay": [0, 1, 3] }), { plots: false });
  expect(await readdir(plots)).toEqual(["my-own.png"]);
});
