import { attempt } from "../state/notices";
import { compare, compared } from "../state/runs";
import type { RunEntry } from "../worker/protocol";
import type { ReadableRun } from "./groups";

const statusTexts = {
  grokked: "grokked",
  ungrokked: "grokked, forgot",
  finished: "did not grok",
  interrupted: "paused",
  failed: "failed",
} as const;

/** Chooses a run to be compared. */
export function Chosen({ entry: { id, name } }: { entry: ReadableRun }) {
  return (
    <td>
      <input
        type="checkbox"
        aria-label={`Compare ${name}`}
        checked={compared.value.has(id)}
        onChange={(event) => attempt(compare([id], event.currentTarget.checked))}
      />
    </td>
  );
}

/** How far a branch stands in, under the run that it was made of. */
export function branchIndent({ branch }: RunEntry): { paddingLeft: string } | undefined {
  const depth = Math.min(branch?.depth ?? 0, 6);
  return depth === 0 ? undefined : { paddingLeft: `${18 * depth}px` };
}

/** What a branch is a branch of, and what it changes. */
export function BranchOf({
  entry: { branch, run },
  isNested,
}: {
  entry: RunEntry;
  isNested: boolean;
}) {
  if (branch === null) return null;
  const own = (run?.changes ?? []).filter(({ at }) => at >= branch.at);
  const texts = own.map(({ at, text }) => (at === branch.at ? text : `${at}: ${text}`));
  return (
    <span class="branch-of">
      {isNested && branch.depth > 0 && <span aria-hidden="true">└ </span>}
      branch of {branch.of} at step {branch.at.toLocaleString("en")}
      {texts.length > 0 && `: ${texts.join("; ")}`}
    </span>
  );
}

/** How far a run has come. */
export interface Reached {
  step: number;
  tMem: number | null;
  tGrok: number | null;
}

/** Where a run stands. */
export function RunStatusCell({
  entry: { run, summary },
  isTraining,
  reached = { step: run.step, tMem: summary?.t_mem ?? null, tGrok: summary?.t_grok ?? null },
}: {
  entry: ReadableRun;
  isTraining: boolean;
  /** Where it is now, if that is known better than from what it has stored. */
  reached?: Reached | undefined;
}) {
  return (
    <>
      <td data-name="seed">{run.values["seed"]}</td>
      <td data-name="">
        {isTraining ? "training" : summary === null ? "stopped" : statusTexts[summary.status]}
      </td>
      <td data-name="step">{reached.step.toLocaleString("en")}</td>
      <td data-name="t_mem">{reached.tMem?.toLocaleString("en") ?? "–"}</td>
      <td data-name="t_grok">{reached.tGrok?.toLocaleString("en") ?? "–"}</td>
    </>
  );
}
