import type { EvaluationRecord } from "@grok/train";
import { batch } from "@preact/signals";
import { limits } from "../network/limits";
import { thin } from "../network/thin";
import { milestones, records } from "./session";

/** Shows these evaluations; of a great many only as many as can be drawn, the milestones among them. */
export function keepRecords(next: readonly EvaluationRecord[]): void {
  batch(() => {
    records.value = next;
    if (next.length <= limits.records) return;
    const { tMem, tGrok, tUngrok } = milestones.peek();
    records.value = thin(next, limits.records, ({ step }) => [tMem, tGrok, tUngrok].includes(step));
  });
}
