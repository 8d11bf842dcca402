import type { Cell, Column, Table } from "./table";

const types = { number: "DOUBLE", integer: "INT64", text: "STRING", boolean: "BOOLEAN" } as const;

/** A table as a Parquet file: 64-bit numbers and whole numbers, text, booleans; all may be null. */
export async function parquetOf({ columns, rows }: Table): Promise<Uint8Array<ArrayBuffer>> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = columns.map(({ name, type }, i) => ({
    name,
    type: types[type],
    nullable: true,
    data: rows.map((row) => valueOf(row[i] ?? null, type)),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function valueOf(cell: Cell, type: Column["type"]): Cell | bigint {
  if (cell === null) return null;
  if (type === "integer") return BigInt(cell as number);
  return type === "text" ? String(cell) : cell;
}
