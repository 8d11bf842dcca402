import { expect, test } from "vitest";
import { csvTask } from "./csv-task";

const flowers = "width,kind,height\n1,b,4\n2,a,4\n3,b,4\n6,a,4\n";

test("labels are classes in the order of their names, inputs are standardized", () => {
  const task = csvTask({ text: flowers, target: "kind" });
  expect([task.features, task.classes, task.values, task.chance]).toEqual([2, 2, 0, 0.5]);
  expect([task.columns, task.labels]).toEqual([
    ["width", "height"],
    ["a", "b"],
  ]);
  const { features, labels, size } = task.dataset();
  expect([size, [...labels]]).toEqual([4, [1, 0, 1, 0]]);
  const widths = [0, 2, 4, 6].map((i) => features[i] as number);
  expect(widths.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 6);
  expect(widths.reduce((sum, x) => sum + x * x, 0) / 4).toBeCloseTo(1, 6);
  // A column that never changes.
  expect(features[1]).toBe(0);
});

test("numbers are values if they are no few whole ones, and as told otherwise", () => {
  const text = "x,y\n1,0.5\n2,1.5\n3,2\n";
  const values = csvTask({ text, standardize: false });
  expect([values.values, values.classes, values.chance]).toEqual([1, 0, null]);
  expect([...values.dataset().targets]).toEqual([0.5, 1.5, 2]);
  expect([...values.dataset().features]).toEqual([1, 2, 3]);
  expect(csvTask({ text: "x,y\n1,10\n2,9\n" }).labels).toEqual(["9", "10"]);
  expect(csvTask({ text: "x,y\n1,10\n2,9\n", answer: "value" }).values).toBe(1);
});

test.each([
  ["x,y\n1,2", /at least 2 columns and at least 2 examples; this has 2 and 1/],
  ["x,y\n1,a\n2", /^Line 3 has 1 cells: it must have 2/],
  ["x,y\nq,a\n2,b", /^Line 2 has "q" in column "x": it must be a finite number/],
  ["x,y\n1,a\n2,a", /^Column "y" has 1 different labels/],
  ["x,y\n1,a\n2,", /^Column "y" has an empty label/],
  ["x,x\n1,a\n2,b", /^Columns must have different names/],
])("%j is refused", (text, message) => {
  expect(() => csvTask({ text })).toThrow(message);
});

test("a column that is not there is refused with those that are", () => {
  expect(() => csvTask({ text: flowers, target: "size" })).toThrow(
    'There is no column "size" to predict: the columns are "width", "kind", "height".',
  );
});
