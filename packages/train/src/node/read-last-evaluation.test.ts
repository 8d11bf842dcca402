import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLastEvaluation } from "./read-last-evaluation";

const line = (step: number) =>
  `${JSON.stringify({ step, epoch: step, train_loss: 1, train_acc: 0, val_loss: 1, val_acc: 0, elapsed_sec: 0 })}\n`;

test("the last whole line counts, however long the file is; without one there is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grok-"));
  const path = join(folder, "metrics.jsonl");
  try {
    expect(await readLastEvaluation(folder)).toBeNull();
    await writeFile(path, Array.from({ length: 2000 }, (_, i) => line(i)).join(""));
    expect((await readLastEvaluation(folder))?.step).toBe(1999);
    await appendFile(path, line(2000).slice(0, 20));
    expect((await readLastEvaluation(folder))?.step).toBe(1999);
  } finally {
    await rm(folder, { recursive: true });
  }
});
