import { requireInteger } from "../requirement";

/** A formula of a and b, evaluated modulo p. */
export interface Formula {
  /** The residue for residues a and b; null if it would divide by 0. */
  readonly evaluate: (a: number, b: number, p: number) => number | null;
  /** Whether it divides, which needs a prime modulus. */
  readonly divides: boolean;
}

/** What a formula may be made of, for sentences. */
export const formulaSyntax =
  "a, b, whole numbers, + - * / and ^ with a whole number, and parentheses, as in a^2 + a*b";

/** The most characters and the deepest nesting that a formula may have, and its largest exponent. */
export const formulaLimits = { length: 200, depth: 50, exponent: 10_000 } as const;

type Term = (a: number, b: number, p: number) => number | null;

/**
 * Reads a formula of a and b: {@link formulaSyntax}. A factor may stand beside another (`2ab`), signs
 * may be those of print (× ÷ − ² ³). Nothing of it is run as code.
 *
 * ```ts
 * parseFormula("a^2 + a*b").evaluate(3, 5, 7); // 24 mod 7 = 3
 * ```
 *
 * @throws RangeError that says what of it cannot be read, and where
 */
export function parseFormula(text: string): Formula {
  const parser = new Parser(text);
  return { evaluate: parser.all(), divides: parser.divides };
}

const signs: Readonly<Record<string, string>> = { "×": "*", "·": "*", "÷": "/", "−": "-" };
const powers: Readonly<Record<string, string>> = { "²": "^2", "³": "^3" };

/** A descent through sums, products, signs, powers and atoms. */
class Parser {
  divides = false;
  readonly #text: string;
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.length > formulaLimits.length) {
      throw new RangeError(
        `The formula has ${text.length} characters; it may have ${formulaLimits.length}.`,
      );
    }
    const plain = text
      .toLowerCase()
      .replace(/[×·÷−]/g, (sign) => signs[sign] as string)
      .replace(/[²³]/g, (power) => powers[power] as string);
    if (/\bmod\b|%/.test(plain)) this.#fail("is taken modulo p without saying so");
    const other = /[^\s\dab+\-*/^()]/u.exec(plain);
    if (other !== null) this.#fail(`has ${JSON.stringify(other[0])}`);
    this.#tokens = plain.match(/\d+|[^\s\d]/g) ?? [];
  }

  all(): Term {
    const term = this.#sum();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) this.#fail(`has ${rest} where an operation must stand`);
    return term;
  }

  #sum(): Term {
    if (++this.#depth > formulaLimits.depth) this.#fail("is nested too deeply");
    let left = this.#product();
    for (let sign = this.#take("+", "-"); sign !== null; sign = this.#take("+", "-")) {
      const right = this.#product();
      left = joined(left, right, sign === "+" ? (x, y) => x + y : (x, y, p) => x + p - y);
    }
    this.#depth--;
    return left;
  }

  #product(): Term {
    let left = this.#signed();
    for (;;) {
      const sign = this.#take("*", "/");
      if (sign === null && !/^[\dab(]/.test(this.#tokens[this.#at] ?? "")) return left;
      const right = sign === null ? this.#power() : this.#signed();
      this.divides ||= sign === "/";
      left = joined(left, right, sign === "/" ? quotient : (x, y) => x * y);
    }
  }

  #signed(): Term {
    let isNegative = false;
    for (let sign = this.#take("+", "-"); sign !== null; sign = this.#take("+", "-")) {
      if (sign === "-") isNegative = !isNegative;
    }
    const term = this.#power();
    return isNegative
      ? joined(
          term,
          () => 0,
          (x, _, p) => p - x,
        )
      : term;
  }

  #power(): Term {
    const base = this.#atom();
    if (this.#take("^") === null) return base;
    const exponent = this.#tokens[this.#at++] ?? "";
    if (!/^\d+$/.test(exponent)) {
      this.#fail(
        `has ${exponent === "" ? "nothing" : exponent} behind ^ where a whole number must stand`,
      );
    }
    const times = requireInteger(
      "An exponent of a formula",
      Number(exponent),
      0,
      formulaLimits.exponent,
    );
    if (this.#tokens[this.#at] === "^") this.#fail("has a power of a power; use parentheses");
    return joined(
      base,
      () => 0,
      (x, _, p) => power(x, times, p),
    );
  }

  #atom(): Term {
    const token = this.#tokens[this.#at++];
    if (token === "a") return (a) => a;
    if (token === "b") return (_, b) => b;
    if (token === "(") {
      const inner = this.#sum();
      if (this.#take(")") === null) this.#fail("has a parenthesis that is not closed");
      return inner;
    }
    if (token !== undefined && /^\d+$/.test(token)) {
      const value = requireInteger("A number of a formula", Number(token), 0, 1e6);
      return (_, __, p) => value % p;
    }
    const found = token === undefined ? "ends" : `has ${token}`;
    return this.#fail(`${found} where a, b, a number or a parenthesis must stand`);
  }

  #take(...wanted: readonly string[]): string | null {
    const token = this.#tokens[this.#at];
    if (token === undefined || !wanted.includes(token)) return null;
    this.#at++;
    return token;
  }

  #fail(what: string): never {
    throw new RangeError(
      `The formula ${JSON.stringify(this.#text)} ${what}; it may have ${formulaSyntax}.`,
    );
  }
}

function joined(
  left: Term,
  right: Term,
  of: (x: number, y: number, p: number) => number | null,
): Term {
  return (a, b, p) => {
    const x = left(a, b, p);
    const y = right(a, b, p);
    const value = x === null || y === null ? null : of(x, y, p);
    return value === null ? null : value % p;
  };
}

/** x / y for a prime p: y^(p−2) is the inverse of y. */
function quotient(x: number, y: number, p: number): number | null {
  return y === 0 ? null : x * power(y, p - 2, p);
}

function power(x: number, times: number, p: number): number {
  let result = 1 % p;
  let factor = x % p;
  for (let rest = times; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * factor) % p;
    factor = (factor * factor) % p;
  }
  return result;
}
