import type { EvaluationRecord } from "@grok/train";
import { readLastEvaluation } from "@grok/train/node";
import type { FinalRecords } from "../outcome/runs-table";
import type { SweepState } from "../state/sweep-state";
import { runFolder } from "./sweep-folder";

/** The last evaluation that a run's folder has; null if it has none, or cannot be read. */
export async function readFinal(folder: string, name: string): Promise<EvaluationRecord | null> {
  return readLastEvaluation(runFolder(folder, name)).catch(() => null);
}

/** The last evaluation of each run of a sweep that has any; one run is read after the other. */
export async function readFinals(folder: string, { runs }: SweepState): Promise<FinalRecords> {
  const finals = new Map<string, EvaluationRecord>();
  for (const { name, state } of runs) {
    const record = state === "waiting" ? null : await readFinal(folder, name);
    if (record !== null) finals.set(name, record);
  }
  return finals;
}
