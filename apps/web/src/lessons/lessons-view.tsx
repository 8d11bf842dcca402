import "./lessons.css";
import { useEffect } from "preact/hooks";
import { Stage } from "../controls/stage";
import { Curves } from "../curves/curves";
import { Panels } from "../panels/panels";
import { answer, followCourse, lesson, step } from "./course";
import { LessonCard } from "./lesson-card";
import { LessonList } from "./lesson-list";
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
        <Stage />
        <Curves charts={now.charts} />
        {answer.value !== null && now.panels.length > 0 && <Panels only={now.panels} />}
      </div>
    </div>
  );
}
