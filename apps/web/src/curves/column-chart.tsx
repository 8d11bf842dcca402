import { computed } from "@preact/signals";
import { formatNumber } from "../panels/chart/scale";
import { chosenColumn } from "../state/chart-options";
import { percent } from "../state/narration";
import { offer, records } from "../state/session";
import { Chart } from "./chart";
import { ColumnChoice } from "./column-choice";
import { furtherColumns, quantityOf } from "./columns";
import type { ChartData, Quantity } from "./curve";
import { lossText } from "./loss-text";
import { runChart } from "./run-chart";

/** The columns of the run that is shown, besides accuracy and loss. */
const columns = computed(() => furtherColumns(records.value));

/** Every run has it, and a panel shows it. */
const usual = "weight_norm";

/** The column that is drawn: the one that was chosen, or the first that is not in every run. */
export const shownColumn = computed((): string | null => {
  const there = columns.value;
  const first = there.find((column) => column !== usual);
  if (first === undefined) return null;
  const chosen = chosenColumn.value;
  return chosen !== null && there.includes(chosen) ? chosen : first;
});

const data = computed((): ChartData => {
  const column = shownColumn.value ?? usual;
  return runChart([{ column, name: column, color: "--third", width: 2.25 }]);
});

/** How the values of each quantity are written. */
export const formats: Readonly<Record<Quantity, (value: number) => string>> = {
  accuracy: percent,
  loss: lossText,
  value: formatNumber,
};

/** Any column of the records over steps: a measure that is built in, an extension's, or anybody's. */
export function ColumnChart() {
  const column = shownColumn.value;
  if (column === null) return null;
  const quantity = quantityOf(column);
  const last = data.value.curves.at(-1)?.values.findLast((value) => value !== null);
  const now = last == null ? "no value yet" : `at last ${formats[quantity](last)}`;
  return (
    <Chart
      title="Measures"
      note={offer.value?.columns[column]}
      data={data.value}
      quantity={quantity}
      height={220}
      label={`${column} over steps: ${now}.`}
      empty=""
      format={formats[quantity]}
      tools={
        <ColumnChoice
          label="Measure"
          columns={columns.value}
          chosen={column}
          onChoose={(name) => {
            chosenColumn.value = name;
          }}
        />
      }
    />
  );
}
