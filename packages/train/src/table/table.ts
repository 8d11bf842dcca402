import type { EvaluationRecord } from "../run/record";

/** What stands in a table; null if there is nothing. */
export type Cell = string | number | boolean | null;

/** A column of a {@link Table}. */
export interface Column {
  readonly name: string;
  readonly type: "number" | "integer" | "text" | "boolean";
}

/** Records as rows, for programs that read tables. */
export interface Table {
  readonly columns: readonly Column[];
  /** A row per evaluation, with a cell per column. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A run of a table of several. */
export interface NamedRecords {
  readonly run: string;
  /** What varies between the runs, by name. */
  readonly settings?: Readonly<Record<string, Cell>>;
  readonly records: readonly EvaluationRecord[];
}

/**
 * The evaluations of a run: a row each, and every column that any of them has, in the order in which
 * the columns first come. What a record lacks, or what is no finite number, is null.
 */
export function recordTable(records: readonly EvaluationRecord[]): Table {
  return tableOf([{ leading: [], records }], []);
}

/**
 * The evaluations of several runs, one after another, in the long form that pandas, R and DuckDB group
 * by: the columns `run` and what varies, then those of the records. A setting that is called as a
 * column of the records is has `setting.` before its name.
 */
export function runsTable(runs: readonly NamedRecords[]): Table {
  const settings = [...new Set(runs.flatMap((run) => Object.keys(run.settings ?? {})))];
  const parts = runs.map(({ run, settings: own = {}, records }) => ({
    leading: [run, ...settings.map((name) => own[name] ?? null)],
    records,
  }));
  return tableOf(parts, ["run", ...settings]);
}

interface Part {
  readonly leading: readonly Cell[];
  readonly records: readonly EvaluationRecord[];
}

function tableOf(parts: readonly Part[], leading: readonly string[]): Table {
  const names = new Set(parts.flatMap(({ records }) => records.flatMap(Object.keys)));
  const first = leading.map((name, i) => ({
    name: names.has(name) ? `setting.${name}` : name,
    type: columnType(parts.map((part) => part.leading[i] ?? null)),
  }));
  const rest = Array.from(names, (name) => ({ name, type: recordType(name) }));
  const rows = parts.flatMap(({ leading: cells, records }) =>
    records.map((record) => [...cells, ...Array.from(names, (name) => cellOf(record[name]))]),
  );
  return { columns: [...first, ...rest], rows };
}

/** Whatever its first values are, a measured column holds numbers that need not be whole. */
function recordType(name: string): Column["type"] {
  return name === "step" ? "integer" : "number";
}

/** What the cells of a column are: `text` unless all that are there are of another type. */
export function columnType(cells: readonly Cell[]): Column["type"] {
  const there = cells.filter((cell) => cell !== null);
  if (there.every((cell) => typeof cell === "boolean") && there.length > 0) return "boolean";
  if (!there.every((cell) => typeof cell === "number")) return "text";
  return there.every(Number.isSafeInteger) ? "integer" : "number";
}

function cellOf(value: unknown): Cell {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
