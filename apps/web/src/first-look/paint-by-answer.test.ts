import { expect, test } from "vitest";
import type { TableScene } from "../network/scene";
import type { AnswersView } from "../network/view";
import type { Colors } from "../panels/colors";
import { answerColors, wheelGradient } from "./answer-colors";
import { paintByAnswer } from "./paint-by-answer";

const size = 5;
const table: TableScene = {
  size,
  names: ["0", "1", "2", "3", "4"],
  operator: "+",
  answers: Int16Array.from({ length: 25 }, (_, cell) => ((cell % 5) + Math.floor(cell / 5)) % 5),
  train: new Uint8Array(25),
  firstClass: 2,
};
const colors: Colors = {
  surface: [255, 255, 255],
  train: [0, 0, 0],
  rest: [0, 0, 0],
  heat: [0, 0, 0],
};

function paint(answerOf: (cell: number) => number): Uint8ClampedArray {
  const view: AnswersView = {
    size,
    depth: 1,
    classes: Uint8Array.from({ length: 25 }, (_, cell) => answerOf(cell) + table.firstClass),
    shares: new Uint8Array(25),
    right: new Uint8Array(25),
  };
  const pixels = new Uint8ClampedArray(4 * 25);
  paintByAnswer(pixels, colors, view, table);
  return pixels;
}

const pixel = (pixels: Uint8ClampedArray, cell: number) => [
  ...pixels.subarray(4 * cell, 4 * cell + 3),
];

test("a cell has the colour of what is answered, full if that is right and faint if not", () => {
  const right = paint((cell) => table.answers[cell] as number);
  // The table of a sum is striped: the same colour along each diagonal.
  expect(pixel(right, 1)).toEqual(pixel(right, 5));
  expect(pixel(right, 2)).toEqual(pixel(right, 10));
  expect(pixel(right, 0)).toEqual([...(answerColors(size)[0] as readonly number[])]);
  expect(new Set([0, 1, 2, 3, 4].map((cell) => pixel(right, cell).join())).size).toBe(5);
  const wrong = paint(() => 0);
  expect(pixel(wrong, 0)).toEqual(pixel(right, 0));
  const far = (color: readonly number[]) => color.reduce((sum, part) => sum + 255 - part, 0);
  expect(far(pixel(wrong, 1))).toBeLessThan(0.6 * far(pixel(wrong, 0)));
});

test("neighbours on the wheel look alike, the last and the first, too", () => {
  const wheel = answerColors(59);
  const apart = (i: number, j: number) =>
    Math.hypot(...[0, 1, 2].map((k) => (wheel[i]?.[k] as number) - (wheel[j]?.[k] as number)));
  for (let i = 0; i < 59; i++) expect(apart(i, (i + 1) % 59)).toBeLessThan(45);
  expect(apart(0, 30)).toBeGreaterThan(100);
  expect(wheelGradient(59)).toMatch(/^linear-gradient\(90deg, rgb\(\d+ \d+ \d+\), .*\)$/);
});
