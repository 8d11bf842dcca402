import { csvParseRows } from "d3-dsv";

/** Rows of a text of comma-separated values, cells trimmed; empty lines at the end are left out. */
export function parseRows(text: string): string[][] {
  const rows = csvParseRows(text.replace(/^\uFEFF/, "")).map((row) =>
    row.map((cell) => cell.trim()),
  );
  while (rows.length > 0 && (rows.at(-1) as string[]).every((cell) => cell === "")) rows.pop();
  return rows;
}
