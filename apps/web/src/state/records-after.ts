import type { EvaluationRecord } from "@grok/train";
import type { SessionEvent } from "../worker/protocol";

/** The evaluations after events, in their order: a run that starts again takes back what it repeats. */
export function recordsAfter(
  before: readonly EvaluationRecord[],
  events: readonly SessionEvent[],
): readonly EvaluationRecord[] {
  let records = before;
  for (const event of events) {
    if (event.type === "start") {
      records = records.filter(({ step }) => step <= event.start.step);
    } else if (event.type === "evaluation") {
      records = [...records.filter(({ step }) => step < event.record.step), event.record];
    }
  }
  return records;
}
