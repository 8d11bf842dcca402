import { useEffect, useRef } from "preact/hooks";
import { sizeText } from "../controls/size-text";
import { addressOf } from "../state/address";
import { attempt } from "../state/notices";
import { shown } from "../state/session";
import { answer, isAnswered, mustLook, predict, predictAgain, reveal } from "./course";
import { Ending } from "./ending";
import type { Lesson } from "./lesson";
import { lessons } from "./lessons";
import { lesson } from "./open-lesson";
import { isAnotherShown, isLessonsOwn, prepare } from "./own-run";
import { Question } from "./question";

/** The text of the lesson that is open, its question, and the way on. */
export function LessonCard() {
  const { value: open } = lesson;
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(open?.name);
  useEffect(() => {
    if (before.current !== open?.name) heading.current?.focus();
    before.current = open?.name;
  });
  if (open === null) return null;
  const index = lessons.indexOf(open);
  const hasTold = (answer.value?.outcome ?? null) !== null;
  const isLast = index === lessons.length - 1;
  return (
    <article class="card lesson" aria-labelledby="lesson-title">
      <p class="lesson-where">
        <a href={addressOf("lessons")}>All scenes</a> · Scene {index + 1} of {lessons.length}
      </p>
      <ol class="lesson-steps" aria-label="Scenes">
        {lessons.map((each, i) => (
          <li key={each.name}>
            <a
              class={isAnswered(each) ? "done" : ""}
              href={addressOf("lessons", each.name)}
              aria-current={i === index ? "step" : undefined}
              aria-label={`Scene ${i + 1}: ${each.title}${isAnswered(each) ? ", done" : ""}`}
            >
              {i + 1}
            </a>
          </li>
        ))}
      </ol>
      <h2 id="lesson-title" ref={heading} tabIndex={-1}>
        {open.title}
      </h2>
      {open.text.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {isAnotherShown.value && (
        <p class="task">
          What is shown is not this scene's network.{" "}
          <button type="button" class="plain" onClick={() => attempt(prepare(open))}>
            Show the scene's network
          </button>
        </p>
      )}
      <Question
        key={open.name}
        lesson={open}
        answer={answer.value}
        onPredict={predict}
        onReveal={mustLook.value ? reveal : null}
        onAgain={predictAgain}
      />
      {/* It comes late, and must not move what one is about to press. */}
      {index === 0 && isLessonsOwn.value && shown.value !== null && (
        <p class="faint">
          The network: {shown.value.task}, {sizeText(shown.value)}, {shown.value.optimizer}.
        </p>
      )}
      {isLast && hasTold && <Ending />}
      <Way index={index} isPrimary={hasTold} />
    </article>
  );
}

/** On to the next scene, and back. */
function Way({ index, isPrimary }: { index: number; isPrimary: boolean }) {
  const [before, next]: (Lesson | undefined)[] = [lessons[index - 1], lessons[index + 1]];
  return (
    <nav class="lesson-way" aria-label="Through the story">
      {before !== undefined && (
        <a class="plain" href={addressOf("lessons", before.name)}>
          Back
        </a>
      )}
      {next !== undefined && (
        <a class={isPrimary ? "plain primary" : "plain"} href={addressOf("lessons", next.name)}>
          Next: {next.title}
        </a>
      )}
    </nav>
  );
}
