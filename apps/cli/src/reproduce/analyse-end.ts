import type { Experiment } from "@grok/train";
import { Analysis, analyseRun } from "@grok/train/analysis";
import { DiskFiles } from "@grok/train/node";
import { startBackend } from "../run/start-backend";

/**
 * Computes measures on all checkpoints of a run that has ended, judged by the key frequencies of its
 * end. What its analysis.jsonl has already is not computed again.
 */
export async function analyseEnd(
  folder: string,
  experiment: Experiment,
  measures: readonly string[],
  { threads, signal }: { threads: number | undefined; signal: AbortSignal },
): Promise<void> {
  const analysis = await Analysis.of(experiment, measures);
  await startBackend("auto", threads ?? null);
  const steps = analyseRun(new DiskFiles(folder), analysis, { signal });
  for await (const _ of steps) if (signal.aborted) break;
}
