import type { TableScene } from "../../network/scene";
import type { AnswersView } from "../../network/view";
import { type Colors, mix, type Rgb } from "../colors";

/** Pixels per side of a cell: enough for a gap between cells. */
export const cellPixels = 6;

/**
 * Paints the table of answers, a down and b across: pairs trained on in the colour of training, the
 * others in that of validation. A cell is strong where its answer is right and pale where it is
 * wrong, the more so the surer the network is of the right answer.
 *
 * @param pixels [size · cellPixels, size · cellPixels, 4]
 */
export function paintAnswers(
  pixels: Uint8ClampedArray,
  colors: Colors,
  view: AnswersView,
  table: TableScene,
): void {
  const { size, answers, train, firstClass } = table;
  for (let cell = 0; cell < size * size; cell++) {
    const answer = answers[cell] as number;
    if (answer < 0) continue;
    const full = train[cell] === 1 ? colors.train : colors.rest;
    const isRight = view.classes[cell * view.depth] === firstClass + answer;
    const share = (view.right[cell] as number) / 255;
    paintCell(
      pixels,
      size,
      cell,
      mix(colors.surface, full, isRight ? 0.6 + 0.4 * share : 0.13 + 0.2 * share),
    );
  }
}

/**
 * Paints which pairs of the table are trained on, and nothing of what the network answers.
 *
 * @param pixels [size · cellPixels, size · cellPixels, 4]
 */
export function paintPairs(pixels: Uint8ClampedArray, colors: Colors, table: TableScene): void {
  const { size, answers, train } = table;
  for (let cell = 0; cell < size * size; cell++) {
    if ((answers[cell] as number) < 0) continue;
    const full = train[cell] === 1 ? colors.train : colors.rest;
    paintCell(pixels, size, cell, mix(colors.surface, full, 0.75));
  }
}

/** A square with a gap at its right and lower side. */
function paintCell(pixels: Uint8ClampedArray, size: number, cell: number, [r, g, b]: Rgb): void {
  const left = (cell % size) * cellPixels;
  const top = Math.floor(cell / size) * cellPixels;
  for (let y = top; y < top + cellPixels - 1; y++) {
    let at = 4 * (y * size * cellPixels + left);
    for (let x = 0; x < cellPixels - 1; x++) {
      pixels[at++] = r;
      pixels[at++] = g;
      pixels[at++] = b;
      pixels[at++] = 255;
    }
  }
}
