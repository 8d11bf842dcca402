import type { Named, Operation } from "./operation";

/**
 * baseᵉ mod p by repeated squaring; exact while (p−1)² is a safe integer.
 */
function power(base: number, exponent: number, p: number): number {
  let result = 1 % p;
  let square = base % p;
  for (let e = exponent; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
}

/** a/b mod a prime p: a·b^(p−2), by Fermat's little theorem. */
function quotient(a: number, b: number, p: number): number {
  return (a * power(b, p - 2, p)) % p;
}

function difference(a: number, b: number, p: number): number {
  return (a - b + p) % p;
}

function operation<N extends string>(
  name: N,
  description: string,
  apply: Operation["apply"],
  {
    divides = false,
    firstB = divides ? 1 : 0,
  }: { divides?: boolean; firstB?: Operation["firstB"] } = {},
): Named<N> {
  return {
    name,
    description,
    set: "Z_p",
    needsPrime: divides,
    firstB,
    apply,
  };
}

/**
 * The operations modulo p of Power et al. 2022 (arXiv 2201.02177, appendix A.1.1) and the two by
 * parity of the public code (openai/grok, `grok/data.py`).
 *
 * Parity is that of the representative in 0 … p−1: of a in `+*` and `+-`, of b in `/-`.
 */
export const modularOperations = [
  operation("+", "a + b mod p", (a, b, p) => (a + b) % p),
  operation("-", "a − b mod p", difference),
  operation("*", "a·b mod p", (a, b, p) => (a * b) % p),
  operation("/", "a/b mod p, that is a·b^(p−2), for b from 1", quotient, { divides: true }),
  operation("*1", "a·b mod p, for b from 1 (Lee et al. 2024)", (a, b, p) => (a * b) % p, {
    firstB: 1,
  }),
  operation("x2+y2", "a² + b² mod p", (a, b, p) => (a * a + b * b) % p),
  operation("x2+xy+y2", "a² + ab + b² mod p", (a, b, p) => (a * a + a * b + b * b) % p),
  operation("x2+xy+y2+x", "a² + ab + b² + a mod p", (a, b, p) => (a * a + a * b + b * b + a) % p),
  operation("x3+xy", "a³ + ab mod p", (a, b, p) => (((a * a) % p) * a + a * b) % p),
  operation(
    "x3+xy2+y",
    "a³ + ab² + b mod p",
    (a, b, p) => (((a * a) % p) * a + ((b * b) % p) * a + b) % p,
  ),
  operation(
    "/-",
    "a/b mod p if b is odd, a − b mod p if b is even",
    (a, b, p) => (b % 2 === 1 ? quotient(a, b, p) : difference(a, b, p)),
    { divides: true, firstB: 0 },
  ),
  operation("+*", "a + b mod p if a is even, a·b mod p if a is odd", (a, b, p) =>
    a % 2 === 0 ? (a + b) % p : (a * b) % p,
  ),
  operation("+-", "a + b mod p if a is even, a − b mod p if a is odd", (a, b, p) =>
    a % 2 === 0 ? (a + b) % p : difference(a, b, p),
  ),
] as const;
