import { expect, it } from "vitest";
import type { Summary } from "./record";
import { decodeSummary, summaryText } from "./summary-file";

const summary: Summary = {
  status: "failed",
  steps: 4,
  epochs: null,
  parameters: 10,
  best_val_acc: null,
  t_mem: null,
  t_grok: null,
  elapsed_sec: 1,
  steps_per_sec: 4,
  backend: "cpu",
  threads: 1,
  seed: 0,
};

it("writes what it reads", () => {
  const loss = { step: 2, from: 1, backend: "wasm", reason: "gone" };
  const whole = { ...summary, device_losses: [loss], error: "why" };
  expect(decodeSummary(summaryText(whole))).toEqual(whole);
});

it("cuts what has no end of its own, so that it can be read again", () => {
  const losses = Array.from({ length: 10_000 }, (_, step) => {
    return { step, from: 0, backend: "wasm", reason: "r".repeat(1e4) };
  });
  const text = summaryText({ ...summary, device_losses: losses, error: "e".repeat(1e7) });
  const read = decodeSummary(text);
  expect(read.device_losses?.at(-1)?.step).toBe(9_999);
  expect(read.error).toMatch(/^e{4096}…$/);
});
