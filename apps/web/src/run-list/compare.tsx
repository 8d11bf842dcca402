import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Chart } from "../curves/chart";
import { formats } from "../curves/column-chart";
import { ColumnChoice } from "../curves/column-choice";
import { comparableColumns, isMainColumn, quantityOf, titleOfColumn } from "../curves/columns";
import { StepScale } from "../curves/curves";
import { figurePng, saveFile } from "../panels/figure/export";
import { fileName } from "../share/file-name";
import { isLogSteps } from "../state/chart-options";
import { attempt } from "../state/notices";
import { compared, comparedRecords, listed } from "../state/runs";
import { offer } from "../state/session";
import { compareData } from "./compare-data";
import { groupRuns, type ReadableRun } from "./groups";
import { overTrunk } from "./over-trunk";

/** The runs that were chosen, over each other. */
export default function Compare() {
  const wanted = useSignal<string | null>(null);
  const chosen = listed.value.filter(
    (entry): entry is ReadableRun => entry.run !== null && compared.value.has(entry.id),
  );
  const ids = chosen.map(({ id }) => id).join();
  const groups = useMemo(() => groupRuns(chosen), [ids]);
  const columns = useMemo(
    () => comparableColumns(chosen.flatMap(({ id }) => comparedRecords.value.get(id) ?? [])),
    [ids, comparedRecords.value],
  );
  const isThere = wanted.value !== null && columns.includes(wanted.value);
  const column = (isThere ? wanted.value : columns[0]) ?? "val_acc";
  const { records, branches } = useMemo(
    () => overTrunk(chosen, comparedRecords.value),
    [ids, comparedRecords.value],
  );
  const data = useMemo(
    () => ({ ...compareData(groups, records, column), rules: branches }),
    [groups, records, branches, column],
  );
  const [title, quantity] = [titleOfColumn(column), quantityOf(column)];
  const save = async (kind: "svg" | "png") => {
    const { compareFigure } = await import("./compare-figure");
    const look = { column, isLogSteps: isLogSteps.value };
    const svg = compareFigure(groups, records, look);
    const file = kind === "png" ? await figurePng(svg) : new Blob([svg], { type: "image/svg+xml" });
    saveFile(`${fileName(column)}.${kind}`, file);
  };
  return (
    <Chart
      title={title}
      data={data}
      quantity={quantity}
      height={320}
      label={`${title} over steps of ${groups.map(({ name, runs: { length } }) => `${name}, ${length} ${length === 1 ? "run" : "runs"}`).join("; ")}`}
      empty="These runs have not been evaluated yet."
      note={isMainColumn(column) ? undefined : offer.value?.columns[column]}
      format={formats[quantity]}
      tools={
        <>
          <ColumnChoice
            label="What to compare"
            columns={columns}
            chosen={column}
            onChoose={(name) => {
              wanted.value = name;
            }}
          />
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
