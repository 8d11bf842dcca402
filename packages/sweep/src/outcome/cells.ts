/** What a cell of a table has. */
export type Cell = string | number | boolean | null | undefined;

/** Rows as a table in Markdown. */
export function markdownTable(
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  const line = (cells: readonly Cell[]) =>
    `| ${cells.map((cell) => (cell === null || cell === undefined ? "–" : String(cell).replaceAll("|", "\\|"))).join(" | ")} |`;
  return [line(titles), `|${titles.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
