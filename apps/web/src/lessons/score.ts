import type { Lesson } from "./lesson";
import type { Progress } from "./progress";

/** How a student's predictions went. */
export interface Score {
  /** The questions that a run has answered. */
  readonly answered: number;
  /** Those of them that went as predicted. */
  readonly right: number;
}

/** Counts the predictions of lessons that runs have answered; those of lessons of earlier versions do not count. */
export function scoreOf(lessons: readonly Lesson[], { answers }: Pick<Progress, "answers">): Score {
  const told = lessons.flatMap(({ name }) => {
    const answer = answers[name];
    return answer?.outcome == null ? [] : [answer.outcome.choice === answer.guess];
  });
  return { answered: told.length, right: told.filter(Boolean).length };
}

/** A score in a sentence. */
export function scoreText({ answered, right }: Score): string {
  if (answered === 0) return "No prediction has been answered yet.";
  const went = right === 1 ? "1 went" : `${right === 0 ? "none" : right} went`;
  return `You have made ${answered} ${answered === 1 ? "prediction" : "predictions"}: ${went} as you said.`;
}
