import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { AblatedView } from "../network/ablation";
import { createInspector } from "../network/inspector";
import type { PhasesView } from "../network/phases";
import { describe } from "../worker/describe";
import { decodeRecording, type Recording } from "../worker/recording";
import type { Facts, Lesson } from "./lesson";
import { lessons } from "./lessons";

/** The recorded run of each lesson's network: real ones, as the page shows them. */
const runOf: Readonly<Record<string, string>> = {
  "weight-decay": "no-decay",
  "less-data": "less-data",
};

/** What happens in these runs. The last two need weights: test/browser/lessons.test.ts trains them. */
const happens: Readonly<Record<string, string>> = {
  memorise: "behind",
  wait: "climbs",
  "hidden-progress": "falls",
  "weight-decay": "never",
  "less-data": "later",
  fourier: "circle",
};

const runs = new Map<string, Recording>();

beforeAll(async () => {
  for (const name of ["quick", "no-decay", "less-data"]) {
    const path = new URL(`../../public/recorded/${name}.run`, import.meta.url);
    runs.set(name, await decodeRecording(new Uint8Array(await readFile(fileURLToPath(path)))));
  }
});

/** What a lesson's run has shown by a step. */
function factsAt(of: Lesson, step: number): Facts {
  const { experiment, records, views } = runs.get(runOf[of.name] ?? "quick") as Recording;
  const seen = records.filter((record) => record.step <= step);
  return {
    records: seen,
    scene: createInspector(experiment).scene,
    view: views.filter((view) => view.step <= step).at(-1) ?? null,
    ablated: null,
    phases: null,
    tMem: seen.find(({ train_acc }) => train_acc > 0.99)?.step ?? null,
    tGrok: seen.find(({ val_acc }) => val_acc >= 0.95)?.step ?? null,
    isEnded: step >= experiment.training.steps,
    chance: describe(experiment).chance ?? 0,
    firstTGrok: 590,
  };
}

const named = (name: string) => lessons.find((each) => each.name === name) as Lesson;

test("the story has eight scenes, each with a question whose choices have names of their own", () => {
  expect(lessons.map(({ name }) => name)).toEqual([
    ...Object.keys(happens),
    "take-apart",
    "theory",
  ]);
  for (const { choices } of lessons) {
    const names = choices.map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(3);
    expect(new Set(names).size).toBe(names.length);
  }
});

test("the links to the lessons of earlier versions lead to scenes", () => {
  for (const name of ["memorise", "hidden-progress", "weight-decay", "less-data", "fourier"])
    expect(named(name)?.name).toBe(name);
});

test.each(lessons)("$name is read before its run moves in half a minute", (lesson) => {
  const { text, question, choices, task } = lesson;
  const words = [...text, question, ...choices.map((choice) => choice.text), task]
    .join(" ")
    .split(/\s+/).length;
  // 240 words a minute; the run has the rest of 90 seconds.
  expect(words).toBeLessThanOrEqual(160);
});

test.each(lessons.filter(({ name }) => name in happens))(
  "$name is answered by the run, and not before it",
  (lesson) => {
    expect(lesson.outcome(factsAt(lesson, 0))).toBeNull();
    const outcome = lesson.outcome(factsAt(lesson, 1500));
    expect(outcome?.choice).toBe(happens[lesson.name]);
    expect(lesson.choices.map((choice) => choice.name)).toContain(outcome?.choice);
    expect(outcome?.sentence).toMatch(/\d/);
    expect(outcome?.sentence).not.toMatch(/NaN|undefined|null|Infinity/);
  },
);

test("the text says the numbers of the run", () => {
  const first = named("memorise");
  expect(first.outcome(factsAt(first, 40))?.sentence).toBe(
    "At step 40 it had 99.9% of the pairs that it practises right, and 0.1% of the others; guessing gives 1.7%.",
  );
});

test("a run that goes otherwise is told otherwise", () => {
  const [memorise, wait, decay] = [named("memorise"), named("wait"), named("weight-decay")];
  const facts = factsAt(memorise, 1500);
  const good = facts.records.map((record) => ({ ...record, val_acc: record.train_acc }));
  expect(memorise.outcome({ ...facts, records: good })?.choice).toBe("together");
  const stuck = { ...facts, tGrok: null, records: facts.records.filter(({ step }) => step < 200) };
  expect(wait.outcome(stuck)?.choice).toBe("stays");
  const forgot = stuck.records.map((record) => ({ ...record, train_acc: 0.5 }));
  expect(wait.outcome({ ...stuck, records: forgot })?.choice).toBe("forgets");
  expect(decay.outcome({ ...facts, firstTGrok: 600 })?.choice).toBe("same");
  expect(decay.outcome({ ...facts, firstTGrok: 200 })?.choice).toBe("later");
  expect(decay.outcome({ ...facts, firstTGrok: null })?.choice).toBeNull();
});

test("parts tell only when all waves of the answers are out", () => {
  const lesson = named("take-apart");
  const facts = factsAt(lesson, 1500);
  const keys = facts.view?.waves?.keys ?? [];
  expect(keys.length).toBeGreaterThan(1);
  const without = (count: number, val_acc: number) =>
    lesson.outcome({
      ...facts,
      ablated: {
        step: 1500,
        parts: keys.slice(0, count).map((k) => `frequency:${k}`),
        before: { train_acc: 1, val_acc: 1 },
        after: { train_acc: 0.02, val_acc },
      } as unknown as AblatedView,
    });
  expect(lesson.outcome(facts)).toBeNull();
  expect(without(1, 0.017)).toBeNull();
  expect(without(keys.length, 0.017)).toEqual({
    choice: "guess",
    sentence: `Without the waves k = ${keys.join(", ")} it has 2.0% of the pairs that it practises right and 1.7% of the others, at step 1,500. With them it has 100% and 100%.`,
  });
  expect([without(keys.length, 0.5)?.choice, without(keys.length, 0.9)?.choice]).toEqual([
    "some",
    "most",
  ]);
});

test("phases tell how many neurons are at the line of the theory, once the rule is found", () => {
  const lesson = named("theory");
  const facts = factsAt(lesson, 1500);
  const view: PhasesView = {
    step: 1500,
    frequencies: Int32Array.of(3, 3, 5, 7),
    shares: Float32Array.of(0.5, 0.5, 1, 1),
    // The third is at the line across the end of a turn, and the last one is not.
    operands: Float32Array.of(0, 0.25, 0.49, 0.1),
    answers: Float32Array.of(0.05, 0.2, -0.49, 0.3),
  };
  expect(lesson.outcome(facts)).toBeNull();
  expect(lesson.outcome({ ...facts, phases: { ...view, step: 10 } })).toBeNull();
  expect(lesson.outcome({ ...facts, phases: view })).toEqual({
    choice: "half",
    sentence:
      "At step 1,500, 3 of 4 neurons are at the line. Of the power of a neuron's weights one wave holds 75% on average; in theory it is all.",
  });
});

test("what a lesson changes is said in it by its number", () => {
  const fewer = named("less-data");
  expect(`${fewer.about} ${fewer.text[0]}`).toMatch(/40% .*50%.*40% .*50%/);
});
