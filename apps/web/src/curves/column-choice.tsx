import { titleOfColumn } from "./columns";

/** Chooses one of the columns that records have. */
export function ColumnChoice({
  label,
  columns,
  chosen,
  onChoose,
}: {
  label: string;
  columns: readonly string[];
  chosen: string;
  onChoose: (column: string) => void;
}) {
  return (
    <label>
      <span class="visually-hidden">{label}</span>
      <select value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        {columns.map((column) => (
          <option key={column} value={column}>
            {titleOfColumn(column)}
          </option>
        ))}
      </select>
    </label>
  );
}
