import type { Summary } from "@grok/train";
import { expect, it } from "vitest";
import { report, resumeCommand } from "./report";

const page = { style: (_format: unknown, text: string) => text, columns: 80 };
const summary: Summary = {
  status: "grokked",
  steps: 1560,
  epochs: 156,
  parameters: 418_944,
  best_val_acc: 0.953,
  t_mem: 310,
  t_grok: 1560,
  elapsed_sec: 159,
  steps_per_sec: 9.811,
  backend: "wasm",
  threads: null,
  seed: 0,
};

const reported = (changes: Partial<Summary>, stepsPerEpoch: number | null = 10) =>
  report(
    {
      summary: { ...summary, ...changes },
      stepsPerEpoch,
      threads: 2,
      folder: "runs/x",
      plots: null,
      env: {},
    },
    page,
  ).split("\n");

it("says what happened, when, how fast, and where it lies", () => {
  expect(reported({})).toEqual([
    "",
    "Grokked at step 1,560 (epoch 156).",
    "  t_mem         step 310 (epoch 31)",
    "  t_grok        step 1,560 (epoch 156)",
    "  best val acc  95.3 %",
    "  time          2 min 39 s, 9.81 steps/s on wasm with 2 threads",
    "  run           runs/x",
    "",
  ]);
});

it.each([
  [{ t_grok: 400 }, "Finished 1,560 steps, 156 epochs; grokked at step 400 (epoch 40)."],
  [{ status: "finished", t_grok: null }, "Finished 1,560 steps, 156 epochs without grokking."],
  [{ status: "interrupted", steps: 1, epochs: 0.1 }, "Interrupted after 1 step, 0.1 epochs."],
  [{ status: "failed", steps: 7, epochs: null }, "Failed after 7 steps."],
] as const)("%j reads %s", (changes, headline) => {
  expect(reported(changes)[1]).toBe(headline);
});

it("shows what the metrics cost", () => {
  expect(reported({ metrics_sec: 15.9 }).slice(5, 8)).toEqual([
    "  time          2 min 39 s, 9.81 steps/s on wasm with 2 threads",
    "  metrics       16 s, 10.0 % of the time",
    "  run           runs/x",
  ]);
});

it("has no epochs where examples never end", () => {
  expect(reported({ epochs: null }, null)[1]).toBe("Grokked at step 1,560.");
});

it("names the command that resumes the run, as it was called and as a shell takes it", () => {
  expect(reported({ status: "interrupted" }).at(-2)).toBe("  resume        grok resume runs/x");
  expect(resumeCommand("my runs/it's", {})).toBe("grok resume 'my runs/it'\\''s'");
  expect(resumeCommand("x", { npm_lifecycle_event: "npx" })).toBe("npx @grok/cli resume x");
});
