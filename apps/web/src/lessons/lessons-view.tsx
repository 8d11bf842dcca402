import "./lessons.css";
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Stage } from "../controls/stage";
import { answer, followCourse, isConcealed } from "./course";
import { LessonCard } from "./lesson-card";
import { LessonList } from "./lesson-list";
import { lesson } from "./open-lesson";
import { PairsFigure } from "./pairs-figure";
import { keepProgress } from "./progress";
import { SceneFigure } from "./scene-figure";

/** On a phone the run lies below its question: shows what is to be looked at, and then the outcome. */
function followOnPhone(): () => void {
  let before: { guess: string; outcome: unknown } | null = answer.peek();
  let where = lesson.peek();
  return effect(() => {
    const { value: now } = answer;
    const isSame = where === lesson.value;
    const part =
      now === null || !isSame
        ? null
        : before === null
          ? ".scene-figure"
          : before.outcome === null && now.outcome !== null
            ? ".question > [role=status]"
            : null;
    before = now;
    where = lesson.value;
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
  const { value: open } = lesson;
  if (open === null) return <LessonList />;
  const isPredicted = answer.value !== null;
  const isPanel = open.figure !== "accuracy" && open.figure !== "loss";
  return (
    <div class="lesson-view">
      <LessonCard />
      <div class="lesson-run">
        {isConcealed.value ? (
          <p class="card concealed">
            This run can already answer the question, so it comes back when you have predicted.
          </p>
        ) : (
          <Stage />
        )}
        {!isPredicted && open.showsPairs === true && <PairsFigure />}
        {isPredicted || (!isPanel && !isConcealed.value) ? (
          <div class="scene-figure">
            <SceneFigure figure={open.figure} isTold={answer.value?.outcome != null} />
          </div>
        ) : (
          open.showsPairs !== true &&
          !isConcealed.value && (
            <p class="card concealed">Its figure comes here when you have predicted.</p>
          )
        )}
      </div>
    </div>
  );
}
