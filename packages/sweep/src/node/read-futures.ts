import { type ChangedRun, type Futures, futuresOf, hasFutures } from "../outcome/future";
import { hasBegun } from "../outcome/points";
import type { SweepState } from "../state/sweep-state";
import { readBegun, thresholdOf, usualThreshold } from "./read-begun";

/**
 * Reads the futures of a sweep over changes; there are none of another sweep.
 *
 * @returns with them the validation accuracy that counts as grokked, as a share
 * @throws RunError for a run that cannot be read and has not failed
 */
export async function readFutures(
  folder: string,
  state: SweepState,
): Promise<{ futures: Futures[]; threshold: number }> {
  if (!hasFutures(state)) return { futures: [], threshold: usualThreshold };
  const runs: ChangedRun[] = [];
  let threshold: number | undefined;
  for (const run of state.runs) {
    if (!hasBegun(run)) continue;
    // One after the other: of each no more is kept than is drawn.
    const read = await readBegun(folder, run);
    threshold ??= thresholdOf([read]);
    runs.push({
      run,
      records: (read?.records ?? []).map(({ step, val_acc, val_explained }) => ({
        step,
        val_acc,
        ...(val_explained === undefined ? {} : { val_explained }),
      })),
      changedAt: read?.config.changes?.[0]?.at ?? null,
    });
  }
  return { futures: futuresOf(state, runs), threshold: threshold ?? usualThreshold };
}
