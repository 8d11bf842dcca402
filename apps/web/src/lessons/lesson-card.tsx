import { useEffect, useRef } from "preact/hooks";
import { sizeText } from "../controls/size-text";
import { addressOf } from "../state/address";
import { attempt } from "../state/notices";
import { shown } from "../state/session";
import { isReady } from "../state/transport";
import { answer, goTo, mustLook, predict, predictAgain, reveal } from "./course";
import type { Lesson } from "./lesson";
import { lessons } from "./lessons";
import { lesson, place, step } from "./open-lesson";
import { isLessonsOwn, prepare } from "./own-run";
import { Question } from "./question";

/** The text of the step that is open, its question, and the way on. */
export function LessonCard() {
  const { value: open } = lesson;
  const { value: now } = step;
  const { value: index } = place;
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(`${open?.name}.${index}`);
  useEffect(() => {
    const key = `${open?.name}.${index}`;
    if (before.current !== key) heading.current?.focus();
    before.current = key;
  });
  if (open === null || now === null) return null;
  const number = lessons.indexOf(open) + 1;
  const hasTold = (answer.value?.outcome ?? null) !== null;
  return (
    <article class="card lesson" aria-labelledby="lesson-title">
      <p class="lesson-where">
        <a href={addressOf("lessons")}>All lessons</a> · Lesson {number} of {lessons.length}
      </p>
      <h2 id="lesson-title">{open.title}</h2>
      <ol class="lesson-steps" aria-label="Questions of this lesson">
        {open.steps.map(({ name, title }, i) => (
          <li key={name}>
            <button
              type="button"
              aria-current={i === index ? "step" : undefined}
              aria-label={`Question ${i + 1}: ${title}`}
              onClick={() => goTo(i)}
            >
              {i + 1}
            </button>
          </li>
        ))}
      </ol>
      <h3 ref={heading} tabIndex={-1}>
        {now.title}
      </h3>
      {now.text.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {index === 0 && isLessonsOwn.value && shown.value !== null && (
        <p class="faint">
          The network: {shown.value.task}, {sizeText(shown.value)}, {shown.value.optimizer}.
        </p>
      )}
      {!isLessonsOwn.value && isReady.value && (
        <p class="task">
          What is shown is not this lesson's network.{" "}
          <button type="button" class="plain" onClick={() => attempt(prepare(open))}>
            Show the lesson's network
          </button>
        </p>
      )}
      <Question
        key={`${open.name}.${now.name}`}
        step={now}
        answer={answer.value}
        onPredict={predict}
        onReveal={mustLook.value ? reveal : null}
        onAgain={predictAgain}
      />
      <Way open={open} index={index} isPrimary={hasTold} />
    </article>
  );
}

/** On to the next question or lesson, and back. */
function Way({ open, index, isPrimary }: { open: Lesson; index: number; isPrimary: boolean }) {
  const next = lessons[lessons.indexOf(open) + 1];
  const isLast = index === open.steps.length - 1;
  const look = isPrimary ? "plain primary" : "plain";
  return (
    <nav class="lesson-way" aria-label="Through the lesson">
      {index > 0 && (
        <button type="button" class="plain" onClick={() => goTo(index - 1)}>
          Back
        </button>
      )}
      {!isLast ? (
        <button type="button" class={look} onClick={() => goTo(index + 1)}>
          Next question
        </button>
      ) : next !== undefined ? (
        <a class={look} href={addressOf("lessons", next.name)}>
          Next lesson: {next.title}
        </a>
      ) : (
        <a class={look} href={addressOf("watch")}>
          Now change things yourself
        </a>
      )}
    </nav>
  );
}
