import { learningPhase } from "@grok/metrics";
import fc from "fast-check";
import { expect, test } from "vitest";
import { phaseSpans } from "./phase-spans";

const record = (step: number, train_acc: number, val_acc: number) => ({ step, train_acc, val_acc });

test("a run that memorises and then groks has three phases", () => {
  const records = [
    record(1, 0.01, 0.01),
    record(100, 0.95, 0.02),
    record(1000, 1, 0.3),
    record(2000, 1, 0.96),
    record(3000, 1, 1),
  ];
  expect(phaseSpans(records)).toEqual([
    { phase: "confusion", from: 1, to: 100 },
    { phase: "memorisation", from: 100, to: 2000 },
    { phase: "grokking", from: 2000, to: 3000 },
  ]);
});

test("one that finds the rule at once comprehends; one that learns nothing stays confused", () => {
  expect(phaseSpans([record(1, 0, 0), record(50, 1, 0.5), record(100, 1, 1)])).toEqual([
    { phase: "confusion", from: 1, to: 50 },
    { phase: "memorisation", from: 50, to: 100 },
    { phase: "comprehension", from: 100, to: 100 },
  ]);
  expect(phaseSpans([record(1, 0, 0), record(9, 0.2, 0)])).toEqual([
    { phase: "confusion", from: 1, to: 9 },
  ]);
  expect(phaseSpans([])).toEqual([]);
});

test("at every step the phase is that of the run up to there", () => {
  const accuracy = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), accuracy, accuracy), { maxLength: 40 }),
      (steps) => {
        let step = 0;
        const records = steps.map(([by, train, val]) => record((step += by), train, val));
        const spans = phaseSpans(records);
        for (const [i, { step: at }] of records.entries()) {
          const phase = spans.findLast(({ from }) => from <= at)?.phase;
          const trained = records.find(({ train_acc }) => train_acc > 0.9)?.step ?? 0;
          const options = { within: Number.POSITIVE_INFINITY, delay: 2 * trained };
          expect(phase).toBe(learningPhase(records.slice(0, i + 1), options));
        }
      },
    ),
  );
});

test("a small run that generalises ten times later has grokked, too", () => {
  const records = [record(1, 0, 0), record(40, 1, 0), record(590, 1, 1)];
  expect(phaseSpans(records).at(-1)?.phase).toBe("grokking");
});

test("late runs have phases, too", () => {
  const records = [record(1, 0, 0), record(200_000, 1, 0), record(900_000, 1, 1)];
  expect(phaseSpans(records).map(({ phase }) => phase)).toEqual([
    "confusion",
    "memorisation",
    "grokking",
  ]);
});
