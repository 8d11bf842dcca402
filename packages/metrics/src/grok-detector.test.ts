import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AccuracyRecord, detectGrok, GrokDetector } from "./grok-detector";

const curve = (...accuracies: [train: number, val: number][]): AccuracyRecord[] =>
  accuracies.map(([train_acc, val_acc], i) => ({ step: 100 * (i + 1), train_acc, val_acc }));

describe("detectGrok", () => {
  test("memorises, then groks", () => {
    expect(detectGrok(curve([0.4, 0.01], [1, 0.02], [1, 0.5], [1, 0.95], [1, 1]))).toEqual({
      tMem: 200,
      tGrok: 400,
    });
  });

  test("null if it did not happen", () => {
    expect(detectGrok([])).toEqual({ tMem: null, tGrok: null });
    expect(detectGrok(curve([1, 0.5], [1, 0.94999]))).toEqual({ tMem: 100, tGrok: null });
    expect(detectGrok(curve([0.5, 0.5]))).toEqual({ tMem: null, tGrok: null });
  });

  test("the first record can be both", () => {
    expect(detectGrok(curve([1, 1], [1, 1]))).toEqual({ tMem: 100, tGrok: 100 });
  });

  test("tGrok can come before tMem", () => {
    expect(detectGrok(curve([0.98, 0.97], [0.995, 0.99]))).toEqual({ tMem: 200, tGrok: 100 });
  });

  test("above .99, not at it; at the threshold, not only above it", () => {
    expect(detectGrok(curve([0.99, 0.9], [0.9901, 0.9]), { grokThreshold: 0.9 })).toEqual({
      tMem: 200,
      tGrok: 100,
    });
  });

  test("a later fall takes nothing back, and is told as long as it lasts", () => {
    const fallen = curve([1, 0.1], [0.2, 0.99], [0.1, 0.1]);
    expect(detectGrok(fallen)).toEqual({ tMem: 100, tGrok: 200, tUngrok: 300 });
    const later = curve([1, 0.1], [0.2, 0.99], [0.1, 0.1], [1, 0.2]);
    expect(detectGrok(later)).toEqual({ tMem: 100, tGrok: 200, tUngrok: 300 });
    const risen = curve([1, 0.1], [0.2, 0.99], [0.1, 0.1], [1, 0.96]);
    expect(detectGrok(risen)).toEqual({ tMem: 100, tGrok: 200 });
    const again = curve([1, 0.99], [1, 0.1], [1, 0.96], [1, 0.94]);
    expect(detectGrok(again)).toEqual({ tMem: 100, tGrok: 100, tUngrok: 400 });
  });

  test("NaN reaches nothing and stops nothing", () => {
    const { NaN: nan } = Number;
    expect(detectGrok(curve([nan, nan]))).toEqual({ tMem: null, tGrok: null });
    expect(detectGrok(curve([nan, 0.1], [1, nan], [1, 0.96]))).toEqual({ tMem: 200, tGrok: 300 });
  });

  test("step 0 is a step", () => {
    expect(detectGrok([{ step: 0, train_acc: 1, val_acc: 1 }])).toEqual({ tMem: 0, tGrok: 0 });
  });

  test("wrong thresholds and steps out of order", () => {
    for (const grokThreshold of [0, -1, 1.01, Number.NaN]) {
      expect(() => detectGrok([], { grokThreshold })).toThrow(RangeError);
    }
    expect(() => detectGrok([], { grokThreshold: 95 })).toThrow(
      new RangeError("the grok threshold must be in (0, 1], not 95"),
    );
    const [first, second] = curve([1, 1], [1, 1]) as [AccuracyRecord, AccuracyRecord];
    expect(() => detectGrok([second, first])).toThrow(
      new RangeError("evaluations come in order: step 100 after 200"),
    );
    expect(() => detectGrok([first, first])).toThrow(RangeError);
    expect(() => detectGrok([{ ...first, step: Number.NaN }])).toThrow(RangeError);
  });
});

const accuracy = fc.oneof(
  fc.constantFrom(0, 0.5, 0.9, 0.95, 0.99, 0.991, 1, Number.NaN),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const curves = fc
  .array(fc.tuple(accuracy, accuracy), { maxLength: 12 })
  .map((points) => curve(...points));

test("agrees with the definition, and a run resumed anywhere with the run in one piece", () => {
  fc.assert(
    fc.property(curves, fc.nat(12), fc.constantFrom(0.5, 0.9, 0.95, 1), (records, cut, level) => {
      const tGrok = records.find(({ val_acc }) => val_acc >= level)?.step ?? null;
      const after = records.findLastIndex(({ val_acc }) => val_acc >= level) + 1;
      const want = {
        tMem: records.find(({ train_acc }) => train_acc > 0.99)?.step ?? null,
        tGrok,
        ...(tGrok === null || after === records.length ? {} : { tUngrok: records[after]?.step }),
      };
      const options = { grokThreshold: level };
      expect(detectGrok(records, options)).toEqual(want);
      const early = detectGrok(records.slice(0, cut), options);
      expect(detectGrok(records.slice(cut), { ...options, reached: early })).toEqual(want);
      const detector = new GrokDetector(options);
      for (const [i, record] of records.entries()) {
        expect(detector.add(record)).toEqual(detectGrok(records.slice(0, i + 1), options));
      }
    }),
  );
});

test("what is handed out is a copy", () => {
  const detector = new GrokDetector();
  detector.milestones.tGrok = 5;
  expect(detector.milestones).toEqual({ tMem: null, tGrok: null });
});
