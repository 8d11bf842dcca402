import { useState } from "preact/hooks";
import type { Lesson } from "./lesson";
import type { Answer } from "./progress";

/** The question of a lesson, and once the run has told, the outcome of the prediction. */
export function Question({
  lesson: { name, question, choices, task, after },
  answer,
  onPredict,
  onReveal,
  onAgain,
}: {
  lesson: Lesson;
  answer: Answer | null;
  onPredict: (guess: string) => void;
  /** Says the outcome, if that is on the screen already; null while training has yet to show it. */
  onReveal: (() => void) | null;
  onAgain: () => void;
}) {
  const [picked, setPicked] = useState<string | null>(null);
  const outcome = answer?.outcome ?? null;
  const chosen = answer?.guess ?? picked;
  return (
    <form
      class="question"
      onSubmit={(event) => {
        event.preventDefault();
        if (picked !== null) onPredict(picked);
      }}
    >
      <fieldset>
        <legend>{question}</legend>
        {choices.map((choice) => {
          const isRight = outcome !== null && outcome.choice === choice.name;
          const isMine = chosen === choice.name;
          return (
            <label
              key={choice.name}
              class={`choice${isMine ? " mine" : ""}${isRight ? " came" : ""}`}
            >
              <input
                type="radio"
                name={`guess-${name}`}
                value={choice.name}
                checked={isMine}
                disabled={answer !== null}
                onChange={() => setPicked(choice.name)}
              />
              <span>
                {choice.text}
                {isRight && <b class="mark"> · what happened</b>}
                {isMine && answer !== null && !isRight && <b class="mark"> · your prediction</b>}
              </span>
            </label>
          );
        })}
      </fieldset>
      {answer === null && (
        <button type="submit" class="play" disabled={picked === null}>
          That is my prediction
        </button>
      )}
      <div role="status">
        {answer !== null && outcome === null && <p class="task">{task}</p>}
        {outcome !== null && (
          <div class="outcome">
            <p>
              <b>
                {outcome.choice === null
                  ? "None of these is quite what happened."
                  : outcome.choice === answer?.guess
                    ? "As you predicted."
                    : "It went another way."}
              </b>{" "}
              {outcome.sentence}
            </p>
            <p>{after}</p>
          </div>
        )}
      </div>
      {onReveal !== null && (
        <button type="button" class="play" onClick={onReveal}>
          I have looked: what happened?
        </button>
      )}
      {answer !== null && (
        <button type="button" class="quiet" onClick={onAgain}>
          Predict again
        </button>
      )}
    </form>
  );
}
