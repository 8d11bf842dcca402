import "@tensorflow/tfjs-backend-cpu";
import { nanda, quadratic } from "@grok/models";
import { describe, expect, it } from "vitest";
import { subjectOf } from "../test/subjects";
import { ablate, scoreSubject, survey } from "./index";

describe("survey", () => {
  it("takes out each head and each key frequency, one at a time and together", async () => {
    const subject = subjectOf((p) => nanda(p, { dModel: 12, heads: 3 }));
    const rows = await survey(subject, { frequencies: [2] });
    expect(rows.map(({ name }) => name)).toEqual([
      "whole",
      "head:0.0",
      "head:0.1",
      "head:0.2",
      "all heads",
      "frequency:2",
      "key frequencies",
      "only key frequencies",
      "other frequencies",
    ]);
    expect(rows[0]?.score).toEqual(await scoreSubject(subject));
    expect(rows[2]?.score).toEqual(await ablate(subject, [{ kind: "head", layer: 0, head: 1 }]));
    expect(rows[5]?.score).toEqual(rows[6]?.score);
    expect(rows[7]?.score).toEqual(await ablate(subject, [], { keepFrequencies: [2] }));
  });

  it("takes many key frequencies out together alone", async () => {
    const subject = subjectOf((p) => nanda(p, { dModel: 8, heads: 2 }), { p: 29 });
    const frequencies = Array.from({ length: 13 }, (_, i) => i + 1);
    const rows = await survey(subject, { frequencies });
    expect(rows.slice(4).map(({ name }) => name)).toEqual([
      "key frequencies",
      "only key frequencies",
      "other frequencies",
    ]);
  });

  it("of the analytic solution finds that no frequency is spare and that they are enough", async () => {
    const subject = subjectOf((p) => quadratic(p, { width: 400, initialisation: "analytic" }), {
      p: 11,
      layout: "one-hot",
    });
    const rows = await survey(subject, { frequencies: [1, 2, 3, 4, 5] });
    const accuracy = Object.fromEntries(rows.map(({ name, score }) => [name, score.accuracy]));
    expect(accuracy.whole).toBe(1);
    expect(accuracy["only key frequencies"]).toBe(1);
    expect(accuracy["key frequencies"]).toBeLessThan(0.2);
    expect(rows.some(({ name }) => name === "other frequencies")).toBe(false);
  });
});
