import { expect, it } from "vitest";
import { columnFigure } from "./column-figure";

const records = [1, 10, 100].map((step) => ({
  step,
  train_loss: 1,
  train_acc: 0.5,
  val_loss: 1,
  val_acc: 0.5,
  own: step / 2,
  other: step === 100 ? null : -step,
}));

it("has a panel for each column, in the order asked for", () => {
  const svg = columnFigure(records as never, ["other", "own"]);
  expect(svg.indexOf("other")).toBeGreaterThan(0);
  expect(svg.indexOf("own")).toBeGreaterThan(svg.indexOf("other"));
});

it("refuses a column that no record has", () => {
  expect(() => columnFigure(records as never, ["own", "owm"])).toThrow(
    "columnFigure: no record has the column owm.",
  );
  expect(() => columnFigure([], ["own"])).toThrow(RangeError);
});
