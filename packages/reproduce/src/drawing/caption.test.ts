import { expect, it } from "vitest";
import type { FigureRun } from "../result/figure-run";
import { captionOf } from "./caption";

const run = (name: string, more: Partial<FigureRun> = {}): FigureRun => ({
  arm: "runs",
  name,
  settings: {},
  seed: 0,
  command: "",
  status: "grokked",
  steps: 1_000,
  epochs: null,
  parameters: 1,
  t_mem: 100,
  t_grok: 500,
  best_val_acc: 1,
  elapsed_sec: 1,
  backend: "cpu",
  threads: 1,
  versions: {},
  ended: null,
  machine: null,
  records: [],
  ...more,
});

it("says how many runs there are, had not got there, and diverged", () => {
  const never = { status: "finished", t_grok: null } as const;
  expect(captionOf([run("a"), run("b")])).toBe(
    "N = 2; none ended before it got there; none diverged.",
  );
  const failed = { status: "failed", t_grok: null, settings: { lr: 1 } } as const;
  // A run that two arms share is one.
  expect(captionOf([run("a"), run("a"), run("b", never), run("c", failed)])).toBe(
    "N = 3 (1 to 2 per setting); 1 had not got there when they ended; 1 diverged.",
  );
  const later = () => ({ value: 1_000, happened: false });
  expect(captionOf([run("a")], later)).toMatch(/1 had not got there/);
});
