import { projectionTask } from "@grok/data";
import * as z from "zod";
import { defineTask } from "../../kind/define";
import { trainFraction, trainFractionFlags } from "./equation";

/** Regression on a polynomial of random projections. */
export const polynomial = defineTask({
  name: "polynomial",
  sentence: "regression on a polynomial of random projections of normal inputs",
  source: "Kumar et al. 2024, arXiv 2310.06110",
  settings: z.strictObject({
    features: z.int().min(1).max(4096).default(100).describe("numbers of an example"),
    coefficients: z
      .array(z.number())
      .min(2)
      .max(17)
      .default([0, 0, 0.5])
      .describe("the polynomial's coefficients from the constant up, separated by commas"),
    projections: z
      .int()
      .min(1)
      .max(256)
      .default(1)
      .describe("random directions whose polynomials are averaged"),
    targetDeviation: z
      .number()
      .min(0)
      .default(0)
      .describe("standard deviation of normal noise that is added to every target"),
    samples: z.int().min(2).max(1_000_000).default(1_000).describe("different examples in all"),
    dataSeed: z.int().default(0).describe("decides the directions and the examples"),
    trainFraction,
  }),
  flags: trainFractionFlags,
  decidedBy: "coefficients",
  text: ({ coefficients, projections, features }) =>
    `${polynomialText(coefficients)} of ${projections === 1 ? "a random projection" : `${projections} random projections`} of ${features} features`,
  build: (settings) => {
    const { targetDeviation: std, dataSeed: seed, trainFraction: fraction } = settings;
    return {
      ...projectionTask({ ...settings, std, seed }),
      size: settings.samples,
      trainFraction: fraction,
      equation: null,
      absent: absentOfFeatures,
    };
  },
});

/** Why pictures of tokens and their table have no meaning for real-valued inputs. */
export const absentOfFeatures = {
  answers: "The input is a row of numbers, not a pair (a, b), so there is no table of answers.",
  circles: "The inputs are numbers as they are, so no symbols lie on circles.",
  embedding: "The inputs are numbers as they are, so there is no embedding of symbols.",
  order: "Order parameters are defined on tables of two operands.",
} as const;

/** A polynomial in z, the highest power first: `0.5z² − z + 1`. */
function polynomialText(coefficients: readonly number[]): string {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const power = (k: number) =>
    k === 0
      ? ""
      : k === 1
        ? "z"
        : `z${Array.from(`${k}`, (digit) => digits[Number(digit)]).join("")}`;
  const terms = coefficients
    .map((c, k) => ({ c, k }))
    .filter(({ c }) => c !== 0)
    .reverse()
    .map(({ c, k }, i) => {
      const sign = i === 0 ? (c < 0 ? "−" : "") : c < 0 ? " − " : " + ";
      const size = Math.abs(c) === 1 && k > 0 ? "" : String(Math.abs(c));
      return `${sign}${size}${power(k)}`;
    });
  return terms.join("") || "0";
}
