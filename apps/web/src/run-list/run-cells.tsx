import { attempt } from "../state/notices";
import { compare, compared } from "../state/runs";
import type { ReadableRun } from "./groups";

const statusTexts = {
  grokked: "grokked",
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

/** Where a run stands. */
export function Standing({
  entry: { run, summary },
  isTraining,
}: {
  entry: ReadableRun;
  isTraining: boolean;
}) {
  return (
    <>
      <td data-name="seed">{run.values["seed"]}</td>
      <td data-name="">
        {isTraining ? "training" : summary === null ? "stopped" : statusTexts[summary.status]}
      </td>
      <td data-name="step">{run.step.toLocaleString("en")}</td>
      <td data-name="t_mem">{summary?.t_mem?.toLocaleString("en") ?? "–"}</td>
      <td data-name="t_grok">{summary?.t_grok?.toLocaleString("en") ?? "–"}</td>
    </>
  );
}
