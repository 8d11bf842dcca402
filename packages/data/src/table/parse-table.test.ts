import { expect, test } from "vitest";
import { tableOf, tableTask } from "./operation-table";
import { parseOperationTable } from "./parse-table";

test("JSON, CSV and code give the same table", () => {
  const max = tableOf(3, Math.max);
  expect(parseOperationTable("[[0,1,2],[1,1,2],[2,2,2]]")).toEqual(max);
  expect(parseOperationTable("0,1,2\n1,1,2\n2,2,2\n\n")).toEqual(max);
  const named = parseOperationTable("*,x,y,z\nx,x,y,z\ny,y,y,z\nz,z,z,z\n");
  expect([named.answers, named.symbols]).toEqual([max.answers, ["x", "y", "z"]]);
  const json = '{"symbols":["x","y","z"],"table":[["x","y","z"],["y","y","z"],["z","z","z"]]}';
  expect(parseOperationTable(json)).toEqual(named);
});

test("pairs without an answer are no examples", () => {
  const task = tableTask({ table: parseOperationTable("0,1\n,0"), layout: "pair" });
  const { size, pairs, labels, tokens } = task.dataset();
  expect(size).toBe(3);
  expect([...pairs]).toEqual([0, 0, 0, 1, 1, 1]);
  expect([...tokens]).toEqual([0, 0, 0, 1, 1, 1]);
  expect([...labels]).toEqual([0, 1, 0]);
});

test.each([
  ["[[0,1],[1]]", "Row 1 of the table has 1 entries: it must have 2, as many as there are rows."],
  ["[[0,2],[1,0]]", "Entry (0, 1) of the table is 2: it must be an element, 0 … 1, or empty."],
  ["[[0,-1],[1,0]]", "Entry (0, 1) of the table is -1: elements count from 0."],
  ['[[0,"q"],[1,0]]', 'Entry (0, 1) of the table is "q": it must be an element, 0 … 1, or empty.'],
  ["[[0]]", "The number of rows of a table must be an integer from 2 to 4096, not 1."],
  [
    '{"symbols":["a","a"],"table":[[0,1],[1,0]]}',
    "A table of 2 rows needs 2 different symbols, and has 1 of 2.",
  ],
  [
    "{}",
    "A table in JSON is an array of rows, or an object of a table and of symbols, which are texts.",
  ],
  [
    "*,x,y\nx,x,y\nz,y,x",
    'Row 2 of the table begins with "z", and column 2 with "y": both must name the same element.',
  ],
])("%s is refused", (text, message) => {
  expect(() => parseOperationTable(text)).toThrow(new RangeError(message));
});

test("text that is no JSON is said to be none", () => {
  expect(() => parseOperationTable("[[0,")).toThrow(/^The table is not JSON: [^']*$/);
});

test("an operation in code that leaves its elements is refused", () => {
  expect(() => tableOf(3, (a, b) => a + b)).toThrow("Entry (1, 2) of the table is 3");
});
