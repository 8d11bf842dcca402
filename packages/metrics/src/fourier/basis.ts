import { type Matrix, zeroMatrix } from "../matrix/matrix";

/**
 * The highest frequency on Z_n, ⌊n/2⌋: frequencies are 1 … ⌊n/2⌋, besides the constant.
 *
 * @throws RangeError if n is not an integer of at least 1
 */
export function highestFrequency(n: number): number {
  if (!(Number.isSafeInteger(n) && n >= 1)) {
    throw new RangeError(`the order of a cyclic group is an integer of at least 1, not ${n}`);
  }
  return Math.floor(n / 2);
}

/**
 * The rows of {@link fourierBasis} that belong to a frequency: one for 0 and n/2, else two.
 *
 * @throws RangeError for what is no frequency of Z_n
 */
export function componentsOf(frequency: number, n: number): number[] {
  if (!(Number.isInteger(frequency) && frequency >= 0 && frequency <= highestFrequency(n))) {
    throw new RangeError(
      `${frequency} is no frequency of Z_${n}: allowed are 0 … ${highestFrequency(n)}`,
    );
  }
  if (frequency === 0) return [0];
  const cosine = 2 * frequency - 1;
  return 2 * frequency === n ? [cosine] : [cosine, cosine + 1];
}

/**
 * The orthonormal real Fourier basis of functions on Z_n, in the order of Nanda et al. 2023:
 *
 *     row 0        1/√n
 *     row 2k − 1   √(2/n)·cos(2πkx/n)
 *     row 2k       √(2/n)·sin(2πkx/n)     k = 1 … ⌊(n−1)/2⌋
 *     row n − 1    (−1)^x/√n              where n is even
 *
 * @returns [n, n]; F·Fᵀ = 1
 * @throws RangeError if n is not an integer of at least 2
 */
export function fourierBasis(n: number): Matrix {
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new RangeError(`a Fourier basis needs an order of at least 2, not ${n}`);
  }
  const basis = zeroMatrix(n, n);
  const { cosines, sines } = unitCircle(n);
  for (let frequency = 0; frequency <= highestFrequency(n); frequency++) {
    const [cosine, sine] = componentsOf(frequency, n) as [number, number | undefined];
    const length = Math.sqrt((sine === undefined ? 1 : 2) / n);
    for (let x = 0; x < n; x++) {
      const angle = (frequency * x) % n;
      basis.values[cosine * n + x] = length * (cosines[angle] as number);
      if (sine !== undefined) basis.values[sine * n + x] = length * (sines[angle] as number);
    }
  }
  return basis;
}

/** cos and sin of 2πj/n for j = 0 … n−1. */
export function unitCircle(n: number): { cosines: Float64Array; sines: Float64Array } {
  const angles = Float64Array.from({ length: n }, (_, j) => (2 * Math.PI * j) / n);
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}
