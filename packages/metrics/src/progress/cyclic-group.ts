/** A binary operation on residues as addition or subtraction of exponents in Z_n. */
export interface CyclicGroup {
  /** n: how many elements take part. */
  readonly order: number;
  /** The element of each exponent, [n]: x itself for sums, g^x mod p for products. */
  readonly elements: Int32Array;
  /** Whether the exponents of a and b are added or b's is taken off a's. */
  readonly sign: 1 | -1;
}

/**
 * The cyclic group in which an operation mod p is an addition: with x and y the exponents of a and
 * b, that of the answer is x + sign·y mod n.
 *
 * `+` and `-` are that in Z_p. `*` and `/` mod a prime are that on the p − 1 residues other than 0,
 * by their discrete logarithms to the smallest primitive root; pairs with a 0 take no part. So the
 * measures of Nanda et al. 2023, made for addition, hold for all four, and for `*1`, which is `*`
 * without b = 0.
 *
 * @param operation a name of @grok/data
 * @returns null for other operations, and for products where p is not a prime of at least 3
 *
 * @example
 * cyclicGroup("/", 5); // { order: 4, elements: [1, 2, 4, 3], sign: -1 }
 */
export function cyclicGroup(operation: string, p: number): CyclicGroup | null {
  if (!Number.isSafeInteger(p) || p < 2) return null;
  const sign = operation === "-" || operation === "/" ? -1 : 1;
  if (operation === "+" || operation === "-") {
    return { order: p, elements: Int32Array.from({ length: p }, (_, x) => x), sign };
  }
  if (["*", "*1", "/"].includes(operation) && p >= 3) {
    for (let root = 1; root < p; root++) {
      const elements = powers(root, p);
      if (elements !== null) return { order: p - 1, elements, sign };
    }
  }
  return null;
}

/** 1, g, g², … mod p, [p − 1]; null unless these are all residues but 0, as they are if p is prime. */
function powers(root: number, p: number): Int32Array | null {
  const elements = new Int32Array(p - 1);
  const seen = new Uint8Array(p);
  for (let x = 0, power = 1; x < p - 1; x++, power = (power * root) % p) {
    if (power === 0 || seen[power] === 1) return null;
    seen[power] = 1;
    elements[x] = power;
  }
  return elements;
}
