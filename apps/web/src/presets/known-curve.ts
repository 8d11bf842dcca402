import { detectGrok } from "@grok/metrics";
import type { EvaluationRecord } from "@grok/train";
import { engine } from "../state/engine";

/** The newest run of a network in this browser: its curve, and when it grokked on this machine. */
export interface KnownCurve {
  records: readonly EvaluationRecord[];
  tGrok: number | null;
  /** Seconds from its first step until it had grokked; null if it has not. */
  seconds: number | null;
}

/** Reads the curve of a run of the library. */
export async function knownCurve(id: string, training: Thresholds): Promise<KnownCurve> {
  const records = await engine().library.records(id);
  const { grokThreshold, grokLoss, memLoss } = training;
  const { tGrok } = detectGrok(records, { grokThreshold, grokLoss, memLoss });
  const seconds = records.find(({ step }) => step === tGrok)?.elapsed_sec ?? null;
  return { records, tGrok, seconds };
}

type Thresholds = Parameters<typeof detectGrok>[1] & object;
