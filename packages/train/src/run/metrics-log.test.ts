import { expect, it } from "vitest";
import { limits } from "./limits";
import { decodeMetrics } from "./metrics";
import { MetricsLog } from "./metrics-log";
import type { EvaluationRecord } from "./record";

const record = (step: number, more: Record<string, number> = {}): EvaluationRecord => ({
  step,
  epoch: null,
  train_loss: 1,
  train_acc: 0,
  val_loss: 1,
  val_acc: 0,
  elapsed_sec: 0,
  ...more,
});

function logOf(bytes: number) {
  const written: string[] = [];
  const files = {
    path: (name: string) => `runs/x/${name}`,
    append: async (_: string, text: string) => void written.push(text),
  };
  return { written, log: new MetricsLog(files, bytes) };
}

it("writes what its reader takes", async () => {
  const { written, log } = logOf(0);
  await log.append(record(1));
  await log.append(record(2));
  expect(decodeMetrics(written.join("")).lines).toHaveLength(2);
});

it("refuses the record that would make the file too large for its reader", async () => {
  const { written, log } = logOf(limits.metrics - 250);
  await log.append(record(1));
  await log.append(record(2));
  await expect(log.append(record(3))).rejects.toThrow(/runs\/x\/metrics.jsonl is full at step 3/);
  expect(written).toHaveLength(2);
});

it("refuses a line that its reader would not take", async () => {
  const { written, log } = logOf(0);
  const many = Object.fromEntries(Array.from({ length: 8_000 }, (_, i) => [`m${i}`, 1]));
  await expect(log.append(record(1, many))).rejects.toThrow(/may have 65536, so fewer metrics fit/);
  expect(written).toEqual([]);
});
