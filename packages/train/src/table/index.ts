/** Records as tables for other programs: CSV, Parquet, and event files of TensorBoard. */
export { csvOf, csvOfRows } from "./csv";
export { type EventFileOptions, eventFileOf } from "./event-file";
export { parquetOf } from "./parquet";
export {
  type Cell,
  type Column,
  columnType,
  type NamedRecords,
  recordTable,
  runsTable,
  type Table,
} from "./table";
