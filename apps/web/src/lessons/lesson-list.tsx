import { addressOf } from "../state/address";
import { isAnswered } from "./course";
import { Ending } from "./ending";
import { lessons } from "./lessons";
import { forgetProgress, progress } from "./progress";
import { scoreOf, scoreText } from "./score";

/** All scenes of the story, and how far one has come. */
export function LessonList() {
  const hasBegun = Object.keys(progress.value.answers).length > 0;
  const score = scoreOf(lessons, progress.value);
  const next = lessons.find((each) => !isAnswered(each));
  return (
    <section class="lesson-list" aria-labelledby="lessons-title">
      <header>
        <h2 id="lessons-title">From memory to a rule</h2>
        <p>
          A story in eight scenes of about a minute, with a network that is trained here, in this
          page. In each you predict first; then the run tells. Every number that you read is from
          your own run.
        </p>
        {score.answered > 0 && next !== undefined && <p class="faint">{scoreText(score)}</p>}
        {next !== undefined && (
          <p>
            <a class="plain primary" href={addressOf("lessons", next.name)}>
              {hasBegun ? `Continue: ${next.title}` : "Begin"}
            </a>
          </p>
        )}
      </header>
      {next === undefined && <Ending />}
      <ol>
        {lessons.map((each, i) => (
          <li key={each.name} class="card">
            <span class="lesson-number" aria-hidden="true">
              {i + 1}
            </span>
            <div>
              <h3>
                <a href={addressOf("lessons", each.name)}>{each.title}</a>
              </h3>
              <p>{each.about}</p>
              {isAnswered(each) && <p class="faint">Done</p>}
            </div>
          </li>
        ))}
      </ol>
      {hasBegun && (
        <button type="button" class="quiet" onClick={forgetProgress}>
          Forget my predictions
        </button>
      )}
    </section>
  );
}
