import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frame } from "./frame";
import type { RunStatus } from "./run-status";

const plain = (_format: unknown, text: string) => text;
const bold = (_format: unknown, text: string) => `\u001b[1m${text}\u001b[0m`;

const runStatus: RunStatus = {
  step: 1550,
  steps: 5000,
  stepsPerEpoch: 10,
  stepsPerSecond: 9.82,
  last: {
    step: 1550,
    epoch: 155,
    train_loss: 0.0012,
    train_acc: 1,
    val_loss: 1.8421,
    val_acc: 0.613,
    elapsed_sec: 159,
  },
  tMem: 310,
  tGrok: null,
  rules: { grokThreshold: 0.95, grokLoss: null, memLoss: null },
  stopsOnGrok: true,
};

const curve = (columns: number, lines: number) =>
  Array.from({ length: lines }, () => "*".repeat(columns));

describe("frame", () => {
  it("tells all at 80 columns", () => {
    const lines = frame(runStatus, { columns: 80, rows: 23 }, plain, curve);
    expect(lines.slice(0, 7)).toEqual([
      `${"━".repeat(23)}${"─".repeat(51)}  31 %`,
      "step 1,550 of 5,000 · epoch 155 · 9.82 steps/s · at most 5 min 51 s left",
      "",
      "            accuracy        loss",
      "training       100 %     0.00120    t_mem  step 310 (epoch 31)",
      "validation    61.3 %        1.84    t_grok – from 95 %",
      "",
    ]);
    expect(lines.slice(7)).toEqual(curve(80, 14));
  });

  it("tells all at 40 columns", () => {
    const lines = frame(runStatus, { columns: 40, rows: 23 }, plain, curve);
    expect(lines.slice(1, 9)).toEqual([
      "step 1,550 of 5,000 · epoch 155",
      "9.82 steps/s · at most 5 min 51 s left",
      "",
      "      accuracy      loss",
      "train    100 %   0.00120",
      "val     61.3 %      1.84",
      "t_mem  step 310 (epoch 31)",
      "t_grok – from 95 %",
    ]);
    expect(lines).toHaveLength(23);
  });

  it("does not promise a time where the run does not stop by itself", () => {
    const [, line] = frame({ ...runStatus, stopsOnGrok: false }, { columns: 80, rows: 9 }, plain);
    expect(line).toMatch(/· 5 min 51 s left$/);
  });

  it("says what is going on instead of the time left", () => {
    const [, line] = frame({ ...runStatus, note: "stopping" }, { columns: 80, rows: 9 }, plain);
    expect(line).toMatch(/· stopping$/);
  });

  it("has no speed, epochs or accuracies before they are known", () => {
    const text = frame(
      { ...runStatus, step: 0, last: undefined, stepsPerEpoch: null, stepsPerSecond: Number.NaN },
      { columns: 80, rows: 23 },
      plain,
      curve,
    ).join("\n");
    expect(text).toContain("step 0 of 5,000\n");
    expect(text).not.toMatch(/epoch \d|NaN|\*/);
  });

  it("keeps to the rows there are, and is as wide with colour as without", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 200 }),
        fc.integer({ min: 9, max: 60 }),
        (columns, rows) => {
          const lines = frame(runStatus, { columns, rows }, plain, curve);
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
          const coloured = frame(runStatus, { columns, rows }, bold, curve);
          expect(coloured.map(stripVTControlCharacters)).toEqual(lines);
        },
      ),
    );
  });
});
