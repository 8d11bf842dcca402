import { expect, it } from "vitest";
import { chanceText, twoDigits } from "../judge/number-text";
import { bandOf, oursText, outsideText, quantityVerdictText, verdictText } from "./wording";

const quantity: Parameters<typeof oursText>[0] = {
  name: "time",
  kind: "run",
  unit: "steps",
  verdict: "reproduced",
  extent: "full",
  published: "1,500",
  band: [1_000, 3_000],
  because: "",
  isConvention: false,
  ours: 1_730,
  range: [1_519, { over: 2_000 }],
  runs: 3,
  never: 1,
  chance: null,
  least: null,
  needs: 5,
  statistic: "median",
  design: null,
  error: null,
  degrees: null,
  interval: null,
  isOutside: false,
  prediction: null,
  reason: "",
};

it("writes what was never reached as more than what was watched", () => {
  expect(oursText(quantity)).toBe("1,730 (1,519 to > 2,000) N = 3, 1 never");
  expect(oursText({ ...quantity, runs: 1, never: 0, range: [1_730, 1_730] })).toBe("1,730 one run");
  expect(oursText({ ...quantity, ours: null, range: [{ over: 90 }, { over: 90 }], never: 3 })).toBe(
    "not reached (> 90) N = 3, 3 never",
  );
});

it("says in the table what is a convention, a test at best, and what a verdict needs", () => {
  expect(bandOf(quantity)).toBe("1,000 to 3,000");
  expect(bandOf({ ...quantity, isConvention: true })).toBe("1,000 to 3,000, by convention");
  expect(bandOf({ ...quantity, kind: "order", band: null, least: 1 / 252 })).toBe(
    "rank test; p = .0040 at best",
  );
  expect(quantityVerdictText({ ...quantity, verdict: "partly run", runs: 1 })).toBe(
    "no verdict from one run, it needs 5",
  );
  const tested = { ...quantity, least: 1 / 252, chance: { p: 5.787e-7, isExact: true } };
  expect(quantityVerdictText(tested)).toBe("reproduced, p = 5.8·10⁻⁷");
});

it("never prints an estimate as more exact than it is", () => {
  expect(chanceText(1 / 20_001, false)).toBe("p ≤ 5.0·10⁻⁵ (sampled)");
  expect(chanceText(0.0123, false)).toBe("p ≈ .012 (sampled)");
  expect(twoDigits(1)).toBe("1");
});

it("gives an estimate with its degrees of freedom and interval", () => {
  const law = {
    ...quantity,
    range: null,
    never: 0,
    runs: 4,
    ours: -2.39,
    error: 0.128,
    degrees: 2,
  };
  expect(oursText({ ...law, interval: [-2.94, -1.84] })).toBe(
    "-2.39 ± 0.128 (2 degrees of freedom; 95%: -2.94 to -1.84) N = 4",
  );
});

it("notes a published value beyond all of ours, even if the band holds our median", () => {
  expect(outsideText(quantity)).toBeNull();
  expect(outsideText({ ...quantity, isOutside: true, prediction: [485, 2_203] })).toBe(
    "The published 1,500 lies outside of the range of all of ours, though the band holds our median; a further seed of ours would lie within 485 to 2,203 in 95%.",
  );
});

it("says how much of a figure is judged", () => {
  const figure = { verdict: "reproduced", extent: "partly", done: 8, of: 10 } as const;
  expect(verdictText({ ...figure, judged: 2, judgeable: 4 })).toBe(
    "reproduced (2 of 4 judged, 8 of 10 runs)",
  );
  expect(verdictText({ ...figure, extent: "full", judged: 4, judgeable: 4 })).toBe("reproduced");
});
