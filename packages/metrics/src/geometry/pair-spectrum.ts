import { transformColumns } from "../fourier/transform";
import { checkMatrix, type Matrix, zeroMatrix } from "../matrix/matrix";

/**
 * The norms of the two-dimensional Fourier components of anything computed for all pairs, such as
 * logits, neurons or attention (Nanda et al. 2023, figure 4): entry (i, j) is the length, over the
 * columns, of the component F_i(x)·F_j(y), F being the basis of `fourierBasis`.
 *
 * A network that adds by trigonometry has, besides the constant, entries for pairs of cos and sin of
 * one frequency only. The squares add up to the squared length of the values.
 *
 * @param values [n·n, columns], the pairs in the order x·n + y
 * @returns [n, n]
 * @throws RangeError if there are not n² rows, or a value is not finite
 */
export function pairSpectrum(values: Matrix, n: number): Matrix {
  checkMatrix(values, "the values", { rows: n * n });
  const { columns } = values;
  // As [x, y · columns], so that the transform along x takes all of y and the columns at once.
  const alongX = transformColumns({ values: values.values, rows: n, columns: n * columns });
  const norms = zeroMatrix(n, n);
  const size = n * columns;
  for (let i = 0; i < n; i++) {
    const row = alongX.values.subarray(i * size, (i + 1) * size);
    const alongBoth = transformColumns({ values: row, rows: n, columns }).values;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = j * columns; k < (j + 1) * columns; k++) sum += (alongBoth[k] as number) ** 2;
      norms.values[i * n + j] = Math.sqrt(sum);
    }
  }
  return norms;
}
