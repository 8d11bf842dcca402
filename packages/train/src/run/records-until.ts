import type { Progress } from "./checkpoint";
import { RunError } from "./error";

/**
 * How many of the records a checkpoint has seen, which must all be there. Only the last may be
 * missing, as a crash may have torn its line: the checkpoint remembers that one. A record of the
 * checkpoint's own step may follow them: a run that is stopped in an evaluation makes it later.
 *
 * @param steps of the records, which ascend
 * @param path how messages call the metrics
 * @returns the number, and the line that the checkpoint remembers and the metrics lack, if any
 * @throws RunError if records from before the checkpoint are missing, or there are too many
 */
export function recordsUntil(
  steps: readonly number[],
  { step, records, lastRecord }: Pick<Progress, "step" | "records" | "lastRecord">,
  path: string,
): { count: number; lacking: string | null } {
  const owesRecord = lastRecord?.step !== step;
  const count = countUntil(steps, owesRecord ? step - 1 : step);
  const last = steps[count - 1] ?? -1;
  const isTorn = count === records - 1 && lastRecord !== null && last < lastRecord.step;
  if (count === records || isTorn) {
    return { count, lacking: isTorn ? JSON.stringify(lastRecord) : null };
  }
  throw new RunError(
    `${path} has ${count} records up to step ${step}, where the checkpoint has seen ${records}; restore the file.`,
  );
}

/** How many of ascending steps come until a step. */
function countUntil(steps: readonly number[], step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
