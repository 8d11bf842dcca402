import "./lessons.css";
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

/** The lessons: their list, or one of them beside the live run that it is about. */
export default function LessonsView() {
  useEffect(() => keepProgress(), []);
  useEffect(() => followCourse(), []);
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
