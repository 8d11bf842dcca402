/**
 * Primitive polynomials and initial direction numbers of dimensions 2 to 21, of the set
 * new-joe-kuo-6.21201 (Joe & Kuo 2008): the degree is the number of m's, `a` its inner coefficients.
 */
const directions: readonly { a: number; m: readonly number[] }[] = [
  { a: 0, m: [1] },
  { a: 1, m: [1, 3] },
  { a: 1, m: [1, 3, 1] },
  { a: 2, m: [1, 1, 1] },
  { a: 1, m: [1, 1, 3, 3] },
  { a: 4, m: [1, 3, 5, 13] },
  { a: 2, m: [1, 1, 5, 5, 17] },
  { a: 4, m: [1, 1, 5, 5, 5] },
  { a: 7, m: [1, 1, 7, 11, 19] },
  { a: 11, m: [1, 1, 5, 1, 1] },
  { a: 13, m: [1, 1, 1, 3, 11] },
  { a: 14, m: [1, 3, 5, 5, 31] },
  { a: 1, m: [1, 3, 3, 9, 7, 49] },
  { a: 13, m: [1, 1, 1, 15, 21, 21] },
  { a: 16, m: [1, 3, 1, 13, 27, 49] },
  { a: 19, m: [1, 1, 1, 15, 7, 5] },
  { a: 22, m: [1, 3, 1, 15, 13, 25] },
  { a: 25, m: [1, 1, 5, 5, 19, 61] },
  { a: 1, m: [1, 3, 7, 11, 23, 15, 103] },
  { a: 4, m: [1, 3, 7, 13, 13, 15, 69] },
];

/** Dimensions that {@link sobolPoints} has. */
export const sobolDimensions = directions.length + 1;

const bits = 32;

/**
 * The first points of Sobol's sequence in [0, 1)^d, in Antonov and Saleev's order (Gray code), the
 * origin first:
 *
 *     x_n = x_{n−1} ⊕ v_c    c: the lowest zero bit of n − 1
 *
 * @param dimensions from 1 to {@link sobolDimensions}
 * @param shift per dimension, 32 bits that every point is XORed with (a digital shift, which keeps
 *   how evenly the points lie); none by default
 * @throws RangeError for more dimensions than there are numbers for
 */
export function sobolPoints(
  count: number,
  dimensions: number,
  shift: readonly number[] = [],
): number[][] {
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= sobolDimensions)) {
    throw new RangeError(
      `Sobol points have 1 to ${sobolDimensions} dimensions, not ${dimensions}.`,
    );
  }
  const numbers = Array.from({ length: dimensions }, (_, j) => directionNumbers(j));
  const state = Array.from({ length: dimensions }, (_, j) => (shift[j] ?? 0) >>> 0);
  const points: number[][] = [];
  for (let n = 0; n < count; n++) {
    if (n > 0) {
      const bit = 31 - Math.clz32(n & -n);
      for (const [j, v] of numbers.entries()) {
        state[j] = ((state[j] as number) ^ (v[bit] as number)) >>> 0;
      }
    }
    points.push(state.map((x) => x / 2 ** bits));
  }
  return points;
}

/** v_i = m_i · 2^(32 − i), the m's after the first by the polynomial's recurrence. */
function directionNumbers(dimension: number): number[] {
  if (dimension === 0) return Array.from({ length: bits }, (_, i) => 2 ** (bits - 1 - i));
  const { a, m } = directions[dimension - 1] as (typeof directions)[number];
  const s = m.length;
  const v = m.map((each, i) => each * 2 ** (bits - 1 - i));
  for (let i = s; i < bits; i++) {
    const before = v[i - s] as number;
    let next = (before ^ (before >>> s)) >>> 0;
    for (let k = 1; k < s; k++) {
      if (((a >> (s - 1 - k)) & 1) === 1) next = (next ^ (v[i - k] as number)) >>> 0;
    }
    v.push(next);
  }
  return v;
}
