import type { EvaluationRecord } from "@grok/train";
import type { Rule } from "../curves/curve";
import type { ReadableRun } from "./groups";

/** Compared runs, each branch from where it leaves the run that it shares its first steps with. */
export interface OverTrunk {
  readonly records: ReadonlyMap<string, readonly EvaluationRecord[]>;
  /** The steps at which branches leave, to be marked. */
  readonly branches: readonly Rule[];
}

/**
 * Cuts from branches what they share with a compared run, so that their trunk is drawn once: with the
 * parent, or of branches of one parent that is not compared, with the one that leaves it last.
 */
export function overTrunk(
  chosen: readonly ReadableRun[],
  records: ReadonlyMap<string, readonly EvaluationRecord[]>,
): OverTrunk {
  const cut = new Map(records);
  const steps = new Set<number>();
  for (const entry of chosen) {
    const { id, branch } = entry;
    if (branch === null || !sharesTrunk(entry, chosen)) continue;
    steps.add(branch.at);
    // The record of the step itself joins both curves.
    cut.set(
      id,
      (records.get(id) ?? []).filter(({ step }) => step >= branch.at),
    );
  }
  const branches = [...steps]
    .sort((a, b) => a - b)
    .map((at) => ({ at, label: `branch at ${at.toLocaleString("en")}` }));
  return { records: cut, branches };
}

/** Whether another compared run is drawn that has the steps before a branch. */
function sharesTrunk(entry: ReadableRun, chosen: readonly ReadableRun[]): boolean {
  if (chosen.some((other) => other !== entry && isParentOf(other, entry))) return true;
  const siblings = chosen.filter((other) => isBranchOfSame(other, entry));
  const latest = siblings.reduce((one, other) =>
    (other.branch?.at ?? 0) > (one.branch?.at ?? 0) ? other : one,
  );
  return latest !== entry;
}

/** The browser's runs know their parent's id; those of a server only the name of its folder. */
function isParentOf({ id, name }: ReadableRun, { parent, branch }: ReadableRun): boolean {
  return parent === null ? name.split("/").at(-1) === branch?.of : id === parent;
}

function isBranchOfSame(one: ReadableRun, other: ReadableRun): boolean {
  return one.branch !== null && one.parent === other.parent && one.branch.of === other.branch?.of;
}
