import type { EvaluationRecord, Experiment } from "@grok/train";
import { count, epochs, loss } from "../quantity";

/** What counts as memorised and as grokked. */
export type MilestoneRules = Pick<Experiment["training"], "grokThreshold" | "grokLoss" | "memLoss">;

/** When a run has memorised, for people: `above 99 %`. */
export function memorisedText({ memLoss }: MilestoneRules): string {
  return memLoss === null ? "above 99 %" : `loss to ${loss(memLoss)}`;
}

/** When a run has grokked, for people: `from 95 %`. */
export function grokkedText({ grokThreshold, grokLoss }: MilestoneRules): string {
  if (grokLoss !== null) return `loss to ${loss(grokLoss)}`;
  return `from ${Number((grokThreshold * 100).toFixed(2))} %`;
}

/** Where a run stands. */
export interface RunStatus {
  /** Updates made, and the most that will be. */
  step: number;
  steps: number;
  /** Updates per pass over the training set; null if examples never end. */
  stepsPerEpoch: number | null;
  /** NaN while it is not known. */
  stepsPerSecond: number;
  /** The last evaluation, if any. */
  last: EvaluationRecord | undefined;
  tMem: number | null;
  tGrok: number | null;
  /** What counts as memorised and as grokked. */
  rules: MilestoneRules;
  /** Whether the run ends when it groks. */
  stopsOnGrok: boolean;
  /** What is going on besides steps, e.g. `stopping`. */
  note?: string;
}

/** A step in words: step 1,550 (epoch 155). */
export function placeOf(step: number, stepsPerEpoch: number | null): string {
  if (stepsPerEpoch === null) return `step ${count(step)}`;
  return `step ${count(step)} (epoch ${epochs(step / stepsPerEpoch)})`;
}
