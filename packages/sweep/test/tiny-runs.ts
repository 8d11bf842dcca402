import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolveExperiment } from "@grok/train";
import { readRun } from "@grok/train/node";
import { sweepRun } from "../src/run/run-name";
import type { SweepRun } from "../src/run/sweep-run";

/** A run of a fraction of a second, with checkpoints on the way. */
export function tinyRun(seed: number, flags: Record<string, unknown> = {}): SweepRun {
  const small = { p: 7, width: 16, "embed-dim": 8, backend: "cpu", steps: 60 };
  const often = { "eval-every": 10, "checkpoint-every": 20 };
  return sweepRun(
    resolveExperiment({ preset: "mlp", flags: { ...small, ...often, seed, ...flags } }),
  );
}

/** A digest of all of a run that does not depend on the clock, on who did it, or where it stopped. */
export async function bytesOf(folder: string): Promise<string> {
  const { config, records, summary, checkpoints } = await readRun(folder);
  const { step, path } = checkpoints.at(-1) as { step: number; path: string };
  const bytes = await readFile(path);
  // The progress that a checkpoint's header remembers has times in it; its tensors follow.
  const tensors = bytes.subarray(8 + Number(bytes.readBigUint64LE(0)));
  const { status, steps, t_mem, t_grok, best_val_acc } = summary ?? {};
  const rest = {
    config,
    records: records.map((record) => ({ ...record, elapsed_sec: null })),
    summary: { status, steps, t_mem, t_grok, best_val_acc },
    step,
  };
  return createHash("sha256").update(JSON.stringify(rest)).update(tensors).digest("hex");
}
