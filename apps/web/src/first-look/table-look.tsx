import { signal, useComputed } from "@preact/signals";
import { useCallback, useId } from "preact/hooks";
import { tally } from "../network/answers";
import type { TableScene } from "../network/scene";
import type { AnswersView } from "../network/view";
import { CellPicker } from "../panels/answers/cell-picker";
import { inputOf, leadingAnswers } from "../panels/answers/input";
import { cellPixels, paintAnswers } from "../panels/answers/paint-answers";
import type { Colors } from "../panels/colors";
import { Figure } from "../panels/figure/figure";
import type { Pair } from "../panels/inside";
import { hovered, selected } from "../panels/selected-pair";
import { wheelGradient } from "./answer-colors";
import { paintByAnswer } from "./paint-by-answer";

/** Whether cells have the colours of the answers, or of being right. */
const isByAnswer = signal(true);

const side = 400;
const box = { x: 0, y: 0, width: side, height: side };

/** The table of all answers, small: it fills in as the network learns. */
export function TableLook({ table, answers }: { table: TableScene; answers: AnswersView }) {
  const id = useId();
  const pair = useComputed(() => hovered.value ?? selected.value).value;
  const { size, names } = table;
  const byAnswer = isByAnswer.value;
  const paint = useCallback(
    (pixels: Uint8ClampedArray, colors: Colors) =>
      (byAnswer ? paintByAnswer : paintAnswers)(pixels, colors, answers, table),
    [answers, table, byAnswer],
  );
  const { train, rest } = tally(answers, table);
  const label = `Table of answers, a down and b across: ${train.right} of ${train.of} practised and ${rest.right} of ${rest.of} never seen are right.`;
  const columns = byAnswer ? size : size * cellPixels;
  const cell = side / size;
  return (
    <section class="card look" aria-labelledby={`${id}-title`} data-look="answers">
      <header>
        <h2 id={`${id}-title`}>All its answers</h2>
      </header>
      <div class="picture">
        <Figure
          width={side}
          height={side}
          label={label}
          describedBy={`${id}-text`}
          rasters={[{ ...box, columns, rows: columns, paint, label }]}
        >
          <rect
            class="look-cell"
            x={pair.b * cell - 1}
            y={pair.a * cell - 1}
            width={cell + 2}
            height={cell + 2}
          />
        </Figure>
        <CellPicker
          box={box}
          frame={box}
          table={table}
          pair={pair}
          describe={(at) => answerText(table, answers, at)}
          onHover={(next) => {
            hovered.value = next;
          }}
          onSelect={(next) => {
            hovered.value = null;
            selected.value = next;
          }}
        />
      </div>
      <div class="wheel">
        {byAnswer ? (
          <>
            {names[0]} <span class="wheel-strip" style={{ background: wheelGradient(size) }} />{" "}
            {names[size - 1]}
          </>
        ) : (
          <>
            <span class="swatch swatch-train" /> practised
            <span class="swatch swatch-rest" /> never seen
          </>
        )}
        <fieldset class="segments" aria-label="Colours of the table">
          {[true, false].map((is) => (
            <label key={String(is)}>
              <input
                type="radio"
                name={`${id}-by`}
                checked={byAnswer === is}
                onChange={() => {
                  isByAnswer.value = is;
                }}
              />
              {is ? "answers" : "right?"}
            </label>
          ))}
        </fieldset>
      </div>
      <p class="look-text" id={`${id}-text`}>
        {answerText(table, answers, pair)}
      </p>
    </section>
  );
}

/** What the network answers to a question, in a few words. */
function answerText(table: TableScene, answers: AnswersView, pair: Pair): string {
  const { text, answer, isTrained } = inputOf(table, pair);
  const [first] = leadingAnswers(answers, table, pair);
  if (answer === null || first === undefined) return text;
  const how = first.isRight ? "right" : `it says ${first.name}`;
  return `${text}: ${how} (${isTrained ? "practised" : "never seen"})`;
}
