import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Chart } from "../curves/chart";
import { StepScale } from "../curves/curves";
import { lossText } from "../curves/loss-text";
import { figurePng, saveFile } from "../panels/figure/export";
import { isLogSteps } from "../state/chart-options";
import { percent } from "../state/narration";
import { attempt } from "../state/notices";
import { compared, comparedRecords, listed } from "../state/runs";
import { type Column, columns, compareData } from "./compare-data";
import { groupRuns, type ReadableRun } from "./groups";

/** The runs that were chosen, over each other. */
export default function Compare() {
  const column = useSignal<Column>("val_acc");
  const chosen = listed.value.filter(
    (entry): entry is ReadableRun => entry.run !== null && compared.value.has(entry.id),
  );
  const ids = chosen.map(({ id }) => id).join();
  const groups = useMemo(() => groupRuns(chosen), [ids]);
  const data = useMemo(
    () => compareData(groups, comparedRecords.value, column.value),
    [groups, comparedRecords.value, column.value],
  );
  const { title, quantity } = columns[column.value];
  const save = async (kind: "svg" | "png") => {
    const { compareFigure } = await import("./compare-figure");
    const look = { column: column.value, isLogSteps: isLogSteps.value };
    const svg = compareFigure(groups, comparedRecords.value, look);
    const file = kind === "png" ? await figurePng(svg) : new Blob([svg], { type: "image/svg+xml" });
    saveFile(`${column.value}.${kind}`, file);
  };
  return (
    <Chart
      title={title}
      data={data}
      quantity={quantity}
      height={320}
      label={`${title} over steps of ${groups.map(({ name, runs: { length } }) => `${name}, ${length} ${length === 1 ? "run" : "runs"}`).join("; ")}`}
      empty="These runs have not been evaluated yet."
      format={quantity === "accuracy" ? percent : lossText}
      tools={
        <>
          <label>
            <span class="visually-hidden">What to compare</span>
            <select
              value={column.value}
              onChange={(event) => {
                column.value = event.currentTarget.value as Column;
              }}
            >
              {Object.entries(columns).map(([name, { title: text }]) => (
                <option key={name} value={name}>
                  {text}
                </option>
              ))}
            </select>
          </label>
          <StepScale />
          {(["svg", "png"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              class="quiet"
              aria-label={`${title}: save as ${kind.toUpperCase()}`}
              onClick={() => attempt(save(kind))}
            >
              {kind.toUpperCase()}
            </button>
          ))}
        </>
      }
    />
  );
}
