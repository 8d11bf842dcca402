import "./lessons.css";
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Stage } from "../controls/stage";
import { Curves } from "../curves/curves";
import Panels from "../panels/panels";
import { answer, followCourse, isConcealed } from "./course";
import { LessonCard } from "./lesson-card";
import { LessonList } from "./lesson-list";
import { lesson, step } from "./open-lesson";
import { PairsFigure } from "./pairs-figure";
import { keepProgress } from "./progress";

/** On a phone the run lies below its question: shows what is to be looked at, and then what came of it. */
function followOnPhone(): () => void {
  let before: { guess: string; outcome: unknown } | null = answer.peek();
  let where = step.peek();
  return effect(() => {
    const { value: now } = answer;
    const isSame = where === step.value;
    const part =
      now === null || !isSame
        ? null
        : before === null
          ? ".lesson-run .chart"
          : before.outcome === null && now.outcome !== null
            ? ".question > [role=status]"
            : null;
    before = now;
    where = step.value;
    if (part === null || !matchMedia("(width < 900px)").matches) return;
    // Once it is drawn.
    setTimeout(() => document.querySelector(part)?.scrollIntoView({ block: "start" }), 50);
  });
}

/** The lessons: their list, or one of them beside the live run that it is about. */
export default function LessonsView() {
  useEffect(() => keepProgress(), []);
  useEffect(() => followCourse(), []);
  useEffect(() => followOnPhone(), []);
  const { value: now } = step;
  if (lesson.value === null || now === null) return <LessonList />;
  return (
    <div class="lesson-view">
      <LessonCard />
      <div class="lesson-run">
        {isConcealed.value ? (
          <p class="card concealed">
            This run can already answer the question, so its curves come back when you have
            predicted.
          </p>
        ) : (
          <>
            <Stage />
            <Curves charts={now.charts} />
          </>
        )}
        {answer.value === null && now.showsPairs === true && <PairsFigure />}
        {answer.value !== null && now.panels.length > 0 && <Panels only={now.panels} />}
      </div>
    </div>
  );
}
