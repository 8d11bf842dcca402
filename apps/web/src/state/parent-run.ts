import { detectGrok } from "@grok/metrics";
import { computed, signal } from "@preact/signals";
import type { ParentRun } from "../worker/protocol";

/** The run that the one that is shown was branched from; null if there is none here. */
export const parentRun = signal<ParentRun | null>(null);

/** Whether the timeline and the panels show that one. */
export const isParentShown = signal(false);

/** The first evaluated steps at which it had memorised and grokked. */
export const parentMilestones = computed(() => {
  const { records = [], training } = parentRun.value ?? {};
  const { grokThreshold, grokLoss, memLoss } = training ?? {};
  return detectGrok(records, { grokThreshold, grokLoss, memLoss });
});
