import { expect, test } from "vitest";
import { lessons } from "./lessons";
import { scoreOf, scoreText } from "./score";

const told = (guess: string, choice: string | null) => ({
  guess,
  outcome: { choice, sentence: "At step 1." },
});

test("predictions count that a run has answered, and of these the right ones", () => {
  const answers = {
    memorise: told("behind", "behind"),
    wait: told("stays", "climbs"),
    "hidden-progress": told("falls", null),
    "weight-decay": { guess: "never", outcome: null },
    "memorise.table": told("unseen", "unseen"),
  };
  expect(scoreOf(lessons, { answers })).toEqual({ answered: 3, right: 1 });
});

test("a score is a sentence", () => {
  expect(scoreText({ answered: 0, right: 0 })).toBe("No prediction has been answered yet.");
  expect(scoreText({ answered: 1, right: 0 })).toBe(
    "You have made 1 prediction: none went as you said.",
  );
  expect(scoreText({ answered: 8, right: 1 })).toBe(
    "You have made 8 predictions: 1 went as you said.",
  );
  expect(scoreText({ answered: 8, right: 5 })).toBe(
    "You have made 8 predictions: 5 went as you said.",
  );
});
