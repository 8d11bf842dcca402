import type { Cell, Table } from "./table";

/** A table as CSV (RFC 4180), with a first line of names; null is empty. */
export function csvOf({ columns, rows }: Table): string {
  return csvOfRows([columns.map(({ name }) => name), ...rows]);
}

/** Lines of CSV (RFC 4180); null and undefined are empty. */
export function csvOfRows(rows: readonly (readonly (Cell | undefined)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(value: Cell | undefined): string {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
