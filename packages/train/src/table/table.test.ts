import { parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { csvOf } from "./csv";
import { parquetOf } from "./parquet";
import { recordTable, runsTable } from "./table";

const record = (step: number, more: Record<string, number | null> = {}) => ({
  step,
  epoch: step / 2,
  train_loss: 0.5,
  train_acc: 1,
  val_loss: 1e-8,
  val_acc: null,
  elapsed_sec: 0.1,
  ...more,
});

test("a run's table has every column that any record has, and null for what one lacks", () => {
  const table = recordTable([record(1), record(2, { gini: 0.25 })] as never);
  expect(table.columns.map(({ name }) => name)).toEqual([
    "step",
    "epoch",
    "train_loss",
    "train_acc",
    "val_loss",
    "val_acc",
    "elapsed_sec",
    "gini",
  ]);
  expect(table.columns[0]?.type).toBe("integer");
  expect(csvOf(table)).toBe(
    "step,epoch,train_loss,train_acc,val_loss,val_acc,elapsed_sec,gini\r\n" +
      "1,0.5,0.5,1,1e-8,,0.1,\r\n2,1,0.5,1,1e-8,,0.1,0.25\r\n",
  );
});

test("runs stand one after another with what varies, a setting never in a column's place", () => {
  const table = runsTable([
    { run: "a", settings: { seed: 0, change: 'none, "so"', epoch: 3 }, records: [record(1)] },
    { run: "b", settings: { seed: 1, lr: 0.5 }, records: [record(1), record(2)] },
  ] as never);
  expect(table.columns.slice(0, 6)).toEqual([
    { name: "run", type: "text" },
    { name: "seed", type: "integer" },
    { name: "change", type: "text" },
    { name: "setting.epoch", type: "integer" },
    { name: "lr", type: "number" },
    { name: "step", type: "integer" },
  ]);
  const lines = csvOf(table).split("\r\n");
  expect(lines[1]).toBe('a,0,"none, ""so""",3,,1,0.5,0.5,1,1e-8,,0.1');
  expect(lines[3]).toBe("b,1,,,0.5,2,1,0.5,1,1e-8,,0.1");
});

test("no records make a table without rows", () => {
  expect(csvOf(runsTable([{ run: "a", records: [] }]))).toBe("run\r\n");
});

test("a Parquet file gives every cell back", async () => {
  const table = runsTable([
    { run: "a", settings: { seed: 3, on: true }, records: [record(1), record(2 ** 40)] },
    { run: "ß", settings: { seed: 4 }, records: [record(1, { gini: 0.1 })] },
  ] as never);
  const file = (await parquetOf(table)).buffer;
  const rows = await parquetReadObjects({ file });
  const read = rows.map((row) =>
    table.columns.map(({ name }) => {
      const cell = row[name] ?? null;
      return typeof cell === "bigint" ? Number(cell) : cell;
    }),
  );
  expect(read).toEqual(table.rows);
  expect(rows[1]?.step).toBe(2n ** 40n);
});

test("names of columns are quoted where they have to be", () => {
  const named = recordTable([record(1, { 'odd,"name"': 4 })] as never);
  expect(csvOf(named)).toMatch(/^step,.*,"odd,""name"""\r\n1,/);
});
