import { firstAnswer } from "../network/answers";
import type { TableScene } from "../network/scene";
import type { AnswersView } from "../network/view";
import { type Colors, mix } from "../panels/colors";
import { answerColors } from "./answer-colors";

/** How far the colour of a wrong answer fades. */
const faded = 0.42;

/**
 * Paints the table of answers, a down and b across: each cell in the colour of what the network
 * answers, faint if that is wrong. Noise becomes stripes as it finds the rule.
 *
 * @param pixels [size, size, 4]
 */
export function paintByAnswer(
  pixels: Uint8ClampedArray,
  colors: Colors,
  view: AnswersView,
  table: TableScene,
): void {
  const { size, answers, firstClass } = table;
  const wheel = answerColors(size);
  for (let cell = 0; cell < size * size; cell++) {
    const right = answers[cell] as number;
    if (right < 0) continue;
    const answer = firstAnswer(view, cell) - firstClass;
    const full = wheel[answer] ?? colors.surface;
    const [r, g, b] = answer === right ? full : mix(colors.surface, full, faded);
    pixels.set([r, g, b, 255], 4 * cell);
  }
}
