import { checkMatrix, type Matrix, zeroMatrix } from "../matrix/matrix";
import { componentsOf, highestFrequency, unitCircle } from "./basis";

/**
 * The Fourier components of each column, F·X with F the basis of `fourierBasis`.
 *
 * A cosine sees x and n − x alike and a sine sees them with opposite signs, so the rows are folded
 * first: n²/2 multiplications per column instead of n².
 *
 * @param matrix [n, columns]: column by column a function on Z_n
 * @returns [n, columns]
 * @throws RangeError if a number is not finite
 */
export function fourierTransform(matrix: Matrix): Matrix {
  checkMatrix(matrix, "the functions");
  return transformColumns(matrix);
}

/** {@link fourierTransform} of what has been checked already. */
export function transformColumns({ values, rows: n, columns }: Matrix): Matrix {
  const half = Math.floor((n - 1) / 2);
  const even = zeroMatrix(half + 2, columns); // x = 0, 1 … half, and n/2 where n is even
  const odd = zeroMatrix(half + 1, columns);
  for (let x = 0; x <= half; x++) {
    const mirrored = ((n - x) % n) * columns;
    for (let j = 0; j < columns; j++) {
      const here = values[x * columns + j] as number;
      const there = x === 0 ? 0 : (values[mirrored + j] as number);
      even.values[x * columns + j] = here + there;
      odd.values[x * columns + j] = here - there;
    }
  }
  const hasMiddle = n % 2 === 0;
  if (hasMiddle) {
    even.values.set(
      values.subarray((n / 2) * columns, (n / 2 + 1) * columns),
      (half + 1) * columns,
    );
  }
  const transformed = zeroMatrix(n, columns);
  const { cosines, sines } = unitCircle(n);
  const add = (component: number, factor: number, part: Matrix, row: number) => {
    const to = component * columns;
    const from = row * columns;
    for (let j = 0; j < columns; j++) {
      transformed.values[to + j] =
        (transformed.values[to + j] as number) + factor * (part.values[from + j] as number);
    }
  };
  for (let frequency = 0; frequency <= highestFrequency(n); frequency++) {
    const [cosine, sine] = componentsOf(frequency, n) as [number, number | undefined];
    const length = Math.sqrt((sine === undefined ? 1 : 2) / n);
    for (let x = 0; x <= half; x++) {
      const angle = (frequency * x) % n;
      add(cosine, length * (cosines[angle] as number), even, x);
      if (sine !== undefined && x > 0) add(sine, length * (sines[angle] as number), odd, x);
    }
    if (hasMiddle) add(cosine, frequency % 2 === 0 ? length : -length, even, half + 1);
  }
  return transformed;
}
