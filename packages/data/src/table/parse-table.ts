import { parseRows } from "../file/csv-rows";
import { type OperationTable, operationTable } from "./operation-table";

/**
 * Reads an operation's table from text, JSON or CSV.
 *
 * JSON is `[[0, 1], [1, 0]]`, or `{ "symbols": ["e", "a"], "table": [["e", "a"], ["a", "e"]] }`. CSV has
 * a line for each a with an entry for each b; a first cell that is empty or no entry (`*`, `∘`, …)
 * says that the first row and the first column are the elements' symbols. An empty entry has no
 * answer.
 *
 * @throws RangeError if the text is neither, or the table does not fit ({@link operationTable})
 */
export function parseOperationTable(text: string): OperationTable {
  return /^\s*[[{]/.test(text) ? fromJson(text) : fromCsv(text);
}

function fromJson(text: string): OperationTable {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new RangeError("The table is not JSON: a bracket, a comma or a quote is wrong in it.", {
      cause: error,
    });
  }
  const { table, symbols } = Array.isArray(data)
    ? { table: data, symbols: undefined }
    : (data as { table?: unknown; symbols?: unknown });
  const areSymbols =
    symbols === undefined ||
    (Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === "string"));
  if (!Array.isArray(table) || !areSymbols) {
    throw new RangeError(
      "A table in JSON is an array of rows, or an object of a table and of symbols, which are texts.",
    );
  }
  return operationTable(table, symbols as string[] | undefined);
}

function fromCsv(text: string): OperationTable {
  const rows = parseRows(text);
  const [head = []] = rows;
  const corner = head[0] ?? "";
  const hasSymbols =
    rows.length > 1 && head.length === rows.length && !/^[\p{L}\p{N}]/u.test(corner);
  if (!hasSymbols) return operationTable(rows.map((row) => row.map(entryOf)));
  const symbols = head.slice(1);
  for (const [i, row] of rows.slice(1).entries()) {
    if (row[0] !== symbols[i]) {
      throw new RangeError(
        `Row ${i + 1} of the table begins with "${row[0]}", and column ${i + 1} with "${symbols[i]}": both must name the same element.`,
      );
    }
  }
  const named = rows.slice(1).map((row) => row.slice(1).map((cell) => (cell === "" ? null : cell)));
  return operationTable(named, symbols);
}

function entryOf(cell: string): number | string | null {
  if (cell === "") return null;
  return /^\d+$/.test(cell) ? Number(cell) : cell;
}
