import { expect, it } from "vitest";
import { expandSweep } from "./expand-sweep";
import { parseGrid, parseSeeds } from "./grid-flag";

it("reads lists, ranges and log ranges", () => {
  expect(
    parseGrid(["weight-decay=0.01, 0.1,1", "lr=1e-4..1e-2:3log", "dropout=0..0.5:2", "op=+,x2+y2"]),
  ).toEqual({
    "weight-decay": ["0.01", "0.1", "1"],
    lr: { from: 1e-4, to: 1e-2, count: 3, scale: "log" },
    dropout: { from: 0, to: 0.5, count: 2, scale: "linear" },
    op: ["+", "x2+y2"],
  });
  expect(parseSeeds("0..4")).toBe("0..4");
  expect(parseSeeds("1,2,7")).toEqual([1, 2, 7]);
  expect(parseSeeds("7")).toEqual([7]);
});

it("comes to the same runs as data", () => {
  const typed = expandSweep({
    grid: parseGrid(["weight-decay=0.10,1"]),
    seeds: parseSeeds("0..1"),
  });
  const data = expandSweep({ grid: { "weight-decay": [0.1, 1] }, seeds: [0, 1] });
  expect(typed.map(({ name }) => name)).toEqual(data.map(({ name }) => name));
});

it.each(["lr", "lr=", "=1", "l r=1"])("refuses --grid %s", (text) => {
  expect(() => parseGrid([text])).toThrow(/^--grid must be a flag and its values/);
});

it("refuses a flag twice, and seeds that are none", () => {
  expect(() => parseGrid(["lr=1", "lr=2"])).toThrow("--grid names lr twice; give it once.");
  expect(() => parseSeeds("0-3")).toThrow(
    '--seeds must be a list of whole numbers or a range such as 0..4, not "0-3"; a range is written 0..3.',
  );
  expect(() => parseSeeds("all")).toThrow(/not "all"\.$/);
});
