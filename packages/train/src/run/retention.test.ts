import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { keptSteps, type Retention } from "./retention";

const steps = Array.from({ length: 32 }, (_, i) => 100 * (i + 1));

describe("keptSteps", () => {
  it.each<[Retention, number[]]>([
    [2, [3100, 3200]],
    ["every:1000", [1000, 2000, 3000, 3100, 3200]],
    ["every:64", [1600, 3100, 3200]],
    ["log:1", [100, 200, 300, 600, 1100, 2100, 3100, 3200]],
  ])("%s", (policy, kept) => {
    expect([...keptSteps(steps, policy)].sort((a, b) => a - b)).toEqual(kept);
  });

  it("keeps all, if asked to", () => {
    expect(keptSteps(steps, "all").size).toBe(32);
  });

  it("counts no checkpoints of interruptions, and keeps those newer than all others", () => {
    const there = [100, 150, 200, 250, 260, 270];
    const interruptions = new Set([150, 250, 260, 270]);
    expect([...keptSteps(there, 2, interruptions)]).toEqual([100, 200, 260, 270]);
    expect([...keptSteps([...there, 300], "all", interruptions)]).toEqual([100, 200, 300]);
  });

  it("keeps n per doubling, where there are so many", () => {
    const million = Array.from({ length: 1000 }, (_, i) => 1000 * (i + 1));
    expect(keptSteps(million, "log:4").size).toBe(37);
  });

  it("comes to the same whether asked after each checkpoint or at the end", () => {
    const policy = fc.oneof(
      fc.integer({ min: 2, max: 9 }),
      fc.constant("all" as const),
      fc
        .tuple(fc.constantFrom("every", "log"), fc.integer({ min: 1, max: 500 }))
        .map(([kind, n]) => `${kind}:${n}` as Retention),
    );
    const ascending = fc
      .uniqueArray(fc.integer({ min: 0, max: 1e6 }), { minLength: 2, maxLength: 60 })
      .map((some) => some.sort((a, b) => a - b));
    fc.assert(
      fc.property(ascending, policy, (all, keep) => {
        let there: number[] = [];
        for (const step of all) {
          there = [...there, step];
          const kept = keptSteps(there, keep);
          there = there.filter((each) => kept.has(each));
          expect(there.slice(-2)).toEqual(all.slice(0, all.indexOf(step) + 1).slice(-2));
        }
        expect(new Set(there)).toEqual(keptSteps(all, keep));
      }),
    );
  });

  it("is read from a flag, and wrong ones are refused in a sentence", () => {
    for (const [text, value] of [
      ["3", 3],
      ["all", "all"],
      ["every:5000", "every:5000"],
      ["log:8", "log:8"],
    ] as const) {
      const { training } = resolveExperiment({ flags: { "keep-checkpoints": text } });
      expect(training.keepCheckpoints).toBe(value);
    }
    for (const text of ["1", "every:0", "every:", "log:x", "none"]) {
      expect(() => resolveExperiment({ flags: { "keep-checkpoints": text } })).toThrow(
        /--keep-checkpoints must be a whole number of at least 2 or all or every:STEPS or log:NUMBER, not/,
      );
    }
  });
});
