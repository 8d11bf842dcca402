import { type RunOnDisk, readRun } from "@grok/train/node";
import type { RunState } from "../state/sweep-state";
import { runFolder } from "./sweep-folder";

/** Where no run says at which validation accuracy it has grokked. */
export const usualThreshold = 0.95;

/** Reads a run of a sweep; null of one that failed at once, which has nothing that could be read. */
export function readBegun(folder: string, { name, state }: RunState): Promise<RunOnDisk | null> {
  return readRun(runFolder(folder, name)).catch((error: unknown) => {
    if (state === "failed") return null;
    throw error;
  });
}

/** The validation accuracy at which the first of some runs has grokked, as a share. */
export function thresholdOf(runs: readonly (RunOnDisk | null)[]): number | undefined {
  return runs.find((run) => run !== null)?.config.training.grokThreshold;
}
