import { type Formula, formulaSyntax, isPrime, parseFormula } from "@grok/data";
import * as z from "zod";
import { equationKind } from "./equation-definition";

/** An operation modulo p that is given as a formula of a and b. */
export const formula = equationKind({
  name: "formula",
  sentence: "an operation modulo p, as a formula of a and b",
  settings: z.strictObject({
    formula: z.string().max(200).default("a^2 + a*b").describe(`the operation: ${formulaSyntax}`),
    p: z.int().min(2).max(4096).default(97).describe("the modulus"),
  }),
  decidedBy: "formula",
  elements: ({ p }) => p,
  apply: (a, b, settings) => read(settings.formula).evaluate(a, b, settings.p),
  check: (settings, { label }) =>
    read(settings.formula).divides && !isPrime(settings.p)
      ? `${label("task.formula")} divides, so ${label("task.p")} must be a prime, not ${settings.p}.`
      : null,
  text: (settings) => `${settings.formula.trim().replace(/\s+/g, " ")} mod ${settings.p}`,
  slug: (settings) => slugOf(settings.formula),
  operator: "⋆",
  residues: true,
});

let last: { text: string; formula: Formula } | undefined;

/** The formula of a text: that of the last one is kept, as a table asks for each of its pairs. */
function read(text: string): Formula {
  if (last?.text !== text) last = { text, formula: parseFormula(text) };
  return last.formula;
}

/** A formula in a word for a file's name: `a2+ab`. */
function slugOf(text: string): string {
  const word = text
    .replaceAll("/", "div")
    .replaceAll("²", "2")
    .replaceAll("³", "3")
    .replace(/[^0-9abdiv+-]/g, "")
    .slice(0, 40);
  return `formula-${word}`;
}
