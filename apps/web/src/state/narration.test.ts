import { describe, expect, it } from "vitest";
import { type NarratedRun, narrate, percent } from "./narration";

const run: NarratedRun = {
  status: "running",
  step: 0,
  last: null,
  tMem: null,
  tGrok: null,
  chance: 1 / 97,
};
const at = (train_acc: number, val_acc: number) => ({ train_acc, val_acc });

describe("narrate", () => {
  it.each([
    [
      "before the first step",
      { status: "idle" },
      "ready",
      /^Nothing is learned yet\. Press Start\.$/,
    ],
    ["before the first evaluation", {}, "learning", /^It practises\.$/],
    [
      "while it memorises",
      { step: 50, last: at(0.43, 0.011) },
      "learning",
      /^It practises: it gets 43% of its practice questions right, and 1\.1% of those it has never seen, and guessing gives 1\.0%\.$/,
    ],
    [
      "while it memorises, and nobody knows what guessing gives",
      { step: 50, last: at(0.43, 0.011), chance: null },
      "learning",
      /^It practises: it gets 43% of its practice questions right, and 1\.1% of those it has never seen\.$/,
    ],
    [
      "of values, while the network predicts worse than their mean",
      {
        step: 100,
        last: { ...at(Number.NaN, Number.NaN), train_explained: 0.98, val_explained: -0.35 },
        chance: null,
      },
      "learning",
      /^Learning: it explains 98% of the training targets' variance and none of the others'\.$/,
    ],
    [
      "while it stalls",
      { step: 400, last: at(1, 0.016), tMem: 310 },
      "memorised",
      /^It knows its practice questions by heart \(step 310\)\. On questions it has never seen it is no better than guessing \(1\.6%, and guessing gives 1\.0%\)\.$/,
    ],
    [
      "above chance, and still low",
      { step: 400, last: at(1, 0.1), tMem: 310 },
      "memorised",
      /never seen it gets few right \(10%,/,
    ],
    [
      "while it rises",
      { step: 900, last: at(1, 0.41), tMem: 310 },
      "rising",
      /by heart \(step 310\)\. Of the questions it has never seen it gets 41% right now\.$/,
    ],
    [
      "when it has grokked",
      { step: 1500, last: at(1, 0.96), tMem: 310, tGrok: 1450 },
      "grokked",
      /^It grokked! It memorised at step 310 and found the rule at step 1,450, 4\.7 times later\.$/,
    ],
    [
      "when it has forgotten",
      { step: 2500, last: at(1, 0.4), tMem: 310, tGrok: 1450, tUngrok: 2100 },
      "rising",
      /^It found the rule at step 1,450 and lost it at step 2,100: it gets 40% of unseen questions right now\.$/,
    ],
    [
      "when it generalised at once",
      { step: 100, last: at(1, 1), tMem: 100, tGrok: 100 },
      "grokked",
      /^It found the rule at step 100, without learning its practice questions by heart first\.$/,
    ],
    [
      "when it was paused",
      { status: "paused", step: 420, last: at(1, 0.016), tMem: 310 },
      "memorised",
      /^Paused at step 420\. It knows its practice/,
    ],
    [
      "when it ended without generalising",
      { status: "ended", step: 5000, last: at(1, 0.016), tMem: 310 },
      "memorised",
      /^It has ended, and knows .* no better than guessing/,
    ],
    [
      "when it failed",
      { status: "failed", step: 7, error: "The loss at step 7 is NaN." },
      "failed",
      /^The run failed at step 7\. The loss at step 7 is NaN\.$/,
    ],
  ] as [string, Partial<NarratedRun>, string, RegExp][])("%s", (_, more, phase, sentence) => {
    const told = narrate({ ...run, ...more });
    expect(told.phase).toBe(phase);
    expect(told.sentence).toMatch(sentence);
  });

  it("announces the same while only numbers change, for screen readers", () => {
    const told = [0.01, 0.012, 0.015].map((value) =>
      narrate({ ...run, step: 400, last: at(1, value), tMem: 310 }),
    );
    expect(new Set(told.map(({ sentence }) => sentence)).size).toBe(3);
    expect(new Set(told.map(({ announcement }) => announcement)).size).toBe(1);
  });
});

it("writes accuracies so that neither end looks reached before it is", () => {
  expect([0, 0.0123, 0.43, 0.9949, 0.99949, 1].map(percent)).toEqual([
    "0.0%",
    "1.2%",
    "43%",
    "99.5%",
    "99.9%",
    "100%",
  ]);
});
