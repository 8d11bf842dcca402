import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { createInspector } from "../network/inspector";
import { describe } from "../worker/describe";
import { decodeRecording, type Recording } from "../worker/recording";
import type { Facts, Lesson, LessonStep } from "./lesson";
import { lessons } from "./lessons";

/** The recorded run of each lesson's network: real ones, as the page shows them. */
const runOf: Readonly<Record<string, string>> = {
  memorise: "quick",
  "hidden-progress": "quick",
  "weight-decay": "no-decay",
  "less-data": "less-data",
  fourier: "quick",
};

/** What happens in these runs, by lesson and question. */
const happens: Readonly<Record<string, string>> = {
  "memorise.first": "behind",
  "memorise.table": "unseen",
  "memorise.wait": "climbs",
  "hidden-progress.loss": "falls",
  "hidden-progress.norm": "shrinks",
  "weight-decay.without": "never",
  "weight-decay.norm": "grows",
  "less-data.fewer": "later",
  "fourier.waves": "few",
  "fourier.circle": "circle",
};

const runs = new Map<string, Recording>();

beforeAll(async () => {
  for (const name of new Set(Object.values(runOf))) {
    const path = new URL(`../../public/recorded/${name}.run`, import.meta.url);
    runs.set(name, await decodeRecording(new Uint8Array(await readFile(fileURLToPath(path)))));
  }
});

/** What a lesson's run has shown by a step. */
function factsAt(of: Lesson, step: number): Facts {
  const { experiment, records, views } = runs.get(runOf[of.name] as string) as Recording;
  const seen = records.filter((record) => record.step <= step);
  const looks = views.filter((view) => view.step <= step);
  return {
    records: seen,
    scene: createInspector(experiment).scene,
    view: looks.at(-1) ?? null,
    viewSteps: looks.map((view) => view.step),
    tMem: seen.find(({ train_acc }) => train_acc > 0.99)?.step ?? null,
    tGrok: seen.find(({ val_acc }) => val_acc >= 0.95)?.step ?? null,
    isEnded: step >= experiment.training.steps,
    chance: describe(experiment).chance ?? 0,
    firstTGrok: 590,
  };
}

const questions = lessons.flatMap((lesson) =>
  lesson.steps.map((step) => ({ name: `${lesson.name}.${step.name}`, lesson, step })),
);

test("every question has choices with names of their own, and every name is one", () => {
  expect(new Set(questions.map(({ name }) => name)).size).toBe(questions.length);
  expect(questions.map(({ name }) => name)).toEqual(Object.keys(happens));
  for (const { step } of questions) {
    const names = step.choices.map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(3);
    expect(new Set(names).size).toBe(names.length);
  }
});

test.each(questions)(
  "$name is answered by the run, and not before it",
  ({ name, lesson, step }) => {
    expect(step.outcome(factsAt(lesson, 0))).toBeNull();
    const outcome = step.outcome(
      // The table of answers is asked about while it still has mistakes.
      factsAt(lesson, name === "memorise.table" ? 300 : 1500),
    );
    expect(outcome?.choice).toBe(happens[name]);
    expect(step.choices.map((choice) => choice.name)).toContain(outcome?.choice);
    expect(outcome?.sentence).toMatch(/\d/);
    expect(outcome?.sentence).not.toMatch(/NaN|undefined|null|Infinity/);
  },
);

test("the text says the numbers of the run", () => {
  const [first] = lessons[0]?.steps ?? [];
  expect(first?.outcome(factsAt(lessons[0] as Lesson, 40))?.sentence).toBe(
    "At step 40 it had 99.9% of its training pairs right, and 0.1% of the others; guessing gives 1.7%.",
  );
});

test("a run that goes otherwise is told otherwise", () => {
  const [memorise, , decay] = lessons as [Lesson, Lesson, Lesson];
  const facts = factsAt(memorise, 1500);
  const good = facts.records.map((record) => ({ ...record, val_acc: record.train_acc }));
  expect(memorise.steps[0]?.outcome({ ...facts, records: good })?.choice).toBe("together");
  const stuck = { ...facts, tGrok: null, records: facts.records.filter(({ step }) => step < 200) };
  expect(memorise.steps[2]?.outcome(stuck)?.choice).toBe("stays");
  const forgot = stuck.records.map((record) => ({ ...record, train_acc: 0.5 }));
  expect(memorise.steps[2]?.outcome({ ...stuck, records: forgot })?.choice).toBe("forgets");
  expect(decay.steps[0]?.outcome({ ...facts, firstTGrok: 600 })?.choice).toBe("same");
  expect(decay.steps[0]?.outcome({ ...facts, firstTGrok: 200 })?.choice).toBe("later");
  expect(decay.steps[0]?.outcome({ ...facts, firstTGrok: null })?.choice).toBeNull();
});

test("where the mistakes are is asked of the run as it was before it grokked", () => {
  const table = (lessons[0] as Lesson).steps[1] as LessonStep;
  expect(table.looksAt?.(factsAt(lessons[0] as Lesson, 300))).toBeNull();
  const facts = factsAt(lessons[0] as Lesson, 1500);
  const at = table.looksAt?.(facts) as number;
  expect(at).toBeGreaterThanOrEqual(facts.tMem as number);
  expect(at).toBeLessThan(facts.tGrok as number);
  expect(table.outcome({ ...facts, view: factsAt(lessons[0] as Lesson, at).view })?.choice).toBe(
    "unseen",
  );
});

test("what a lesson changes is said in it by its number", () => {
  const fewer = lessons.find(({ name }) => name === "less-data") as Lesson;
  expect(`${fewer.about} ${fewer.steps[0]?.text[0]}`).toMatch(/40% .*50%.*40% .*50%/);
});
