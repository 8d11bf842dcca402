import { addressOf } from "../state/address";
import { answered } from "./course";
import { lessons } from "./lessons";
import { forgetProgress, progress } from "./progress";

/** All lessons, and how far one has come. */
export function LessonList() {
  const hasBegun = Object.keys(progress.value.answers).length > 0;
  return (
    <section class="lesson-list" aria-labelledby="lessons-title">
      <header>
        <h2 id="lessons-title">From memory to a rule</h2>
        <p>
          Five short lessons with a network that is trained here, in this page. Each asks you to
          predict first; then the run tells. Every number that you read is from your own run.
        </p>
      </header>
      <ol>
        {lessons.map((each, i) => {
          const count = answered(each);
          const { length } = each.steps;
          return (
            <li key={each.name} class="card">
              <span class="lesson-number" aria-hidden="true">
                {i + 1}
              </span>
              <div>
                <h3>
                  <a href={addressOf("lessons", each.name)}>{each.title}</a>
                </h3>
                <p>{each.about}</p>
                <p class="faint">
                  {count === 0
                    ? `${length} ${length === 1 ? "question" : "questions"}`
                    : count === length
                      ? "Done"
                      : `${count} of ${length} questions answered`}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
      {hasBegun && (
        <button type="button" class="quiet" onClick={forgetProgress}>
          Forget my predictions
        </button>
      )}
    </section>
  );
}
