import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFormula } from "./parse-formula";

const p = 13;
const mod = (x: number) => ((x % p) + p) % p;

describe("parseFormula", () => {
  it.each<[string, (a: number, b: number) => number]>([
    ["a + b", (a, b) => a + b],
    ["a - b - 1", (a, b) => a - b - 1],
    ["a^2 + a*b", (a, b) => a * a + a * b],
    ["a² + ab", (a, b) => a * a + a * b],
    ["2a(b + 3)^3", (a, b) => 2 * a * (b + 3) ** 3],
    ["-a^2 × −b", (a, b) => a * a * b],
    ["--a + (((b)))", (a, b) => a + b],
    ["20", () => 20],
    ["a^0 + 0^0", () => 2],
  ])("%s", (text, wanted) => {
    const { evaluate, divides } = parseFormula(text);
    expect(divides).toBe(false);
    for (let a = 0; a < p; a++) {
      for (let b = 0; b < p; b++) expect(evaluate(a, b, p)).toBe(mod(wanted(a, b)));
    }
  });

  it("divides by inverses, and has no answer where the divisor is 0", () => {
    const { evaluate, divides } = parseFormula("a / (b + 1)");
    expect(divides).toBe(true);
    for (let a = 0; a < p; a++) {
      for (let b = 0; b < p; b++) {
        const c = evaluate(a, b, p);
        if (b === p - 1) expect(c).toBeNull();
        else expect(mod((c as number) * (b + 1))).toBe(a);
      }
    }
  });

  it.each([
    ["", 'The formula "" ends where a, b, a number or a parenthesis must stand; it may have a, b,'],
    ["a +", "ends where"],
    ["a b)", "has ) where an operation must stand"],
    ["(a", "has a parenthesis that is not closed"],
    ["a^b", "has b behind ^ where a whole number must stand"],
    ["a^2^3", "has a power of a power; use parentheses"],
    ["a*a + b mod p", "is taken modulo p without saying so; it may have a, b,"],
    ["x + 1", 'has "x"'],
    ["alert(1)", 'has "l"'],
    ["a".repeat(201), "The formula has 201 characters; it may have 200."],
    [`${"(".repeat(60)}a`, "is nested too deeply"],
    ["a^99999", "An exponent of a formula"],
  ])("refuses %s in a sentence", (text, sentence) => {
    expect(() => parseFormula(text)).toThrow(sentence);
  });

  it("gives residues or a RangeError for any text", () => {
    const texts = fc.string({
      unit: fc.constantFrom(..."ab0123456789+-*/^() ".split("")),
      maxLength: 40,
    });
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const c = parseFormula(text).evaluate(4, 7, p);
          return c === null || (Number.isInteger(c) && c >= 0 && c < p);
        } catch (error) {
          return error instanceof RangeError;
        }
      }),
    );
  });
});
