import type { Base } from "../state/experiment";
import { nearestBase } from "../state/nearest-base";
import type { RunEntry } from "../worker/protocol";

/** The newest run of each network, by its name, whatever its seed: those that were trained here. */
export function newestRuns(runs: readonly RunEntry[], bases: readonly Base[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { id, run } of runs) {
    if (run === null || run.step === 0) continue;
    const setting = nearestBase(run, bases);
    if (setting === null) continue;
    const changed = Object.keys(setting.given).filter((name) => name !== "seed");
    if (changed.length === 0 && !newest.has(setting.base.name)) newest.set(setting.base.name, id);
  }
  return newest;
}
