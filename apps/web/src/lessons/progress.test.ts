import { expect, test } from "vitest";
import { type Progress, readProgress } from "./progress";

const whole: Progress = {
  answers: {
    memorise: { guess: "behind", outcome: { choice: "behind", sentence: "At step 40." } },
    wait: { guess: "climbs", outcome: null },
  },
  runs: { "{}": "an id" },
  firstTGrok: 590,
};
const none: Progress = { answers: {}, runs: {}, firstTGrok: null };

test("what was kept comes back", () => {
  expect(readProgress(JSON.stringify(whole))).toEqual(whole);
  expect(readProgress(null)).toEqual(none);
});

test("what is broken or foreign is left out, and the rest stays", () => {
  for (const text of ["", "{", "null", "7", "[]", '"x"']) expect(readProgress(text)).toEqual(none);
  const broken = {
    answers: {
      ...whole.answers,
      a: { guess: 3 },
      b: null,
      c: { guess: "x", outcome: { choice: 1 } },
    },
    runs: { "{}": "an id", x: {} },
    firstTGrok: "soon",
  };
  expect(readProgress(JSON.stringify(broken))).toEqual({ ...whole, firstTGrok: null });
});
