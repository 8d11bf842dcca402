import { centerColumns } from "../matrix/center";
import { eigensystem } from "../matrix/decomposition";
import { checkMatrix, type Matrix, selectRows, zeroMatrix } from "../matrix/matrix";
import { gramOfColumns, gramOfRows, multiply, multiplyTransposed } from "../matrix/product";

/** Data in the directions in which it varies most. */
export interface PrincipalComponents {
  /** Where each row lies along each component, [rows, count]. */
  readonly scores: Matrix;
  /** Unit vectors, [count, columns]; the largest entry of each is positive, so that signs are fixed. */
  readonly components: Matrix;
  /** The variance along each component, divided by rows − 1: [count]. */
  readonly variances: Float64Array;
  /** The share of all variance along each component: [count]. */
  readonly explained: Float64Array;
}

/**
 * Principal component analysis, e.g. of an embedding, whose numbers often lie on a circle in the
 * first two components once a network has grokked.
 *
 * By the eigenvectors of the smaller of X·Xᵀ and Xᵀ·X, X being centred.
 *
 * @param data [rows, columns], at least two rows
 * @param count how many components; default 2
 * @throws RangeError if the data are not finite, or there are not so many components
 */
export function principalComponents(data: Matrix, count = 2): PrincipalComponents {
  checkMatrix(data, "the data");
  const { rows, columns } = data;
  const most = Math.min(rows - 1, columns);
  if (!(Number.isInteger(count) && count >= 1 && count <= most)) {
    throw new RangeError(
      `${rows} rows of ${columns} have 1 … ${most} principal components, not ${count}`,
    );
  }
  const centred = centerColumns(data);
  const { values, vectors } = eigensystem(
    columns <= rows ? gramOfColumns(centred) : gramOfRows(centred),
  );
  const first = selectRows(vectors, [...Array(count).keys()]);
  const components = columns <= rows ? first : unitRows(multiply(first, centred)); // [count, columns]
  const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const squares = values.slice(0, count).map((value) => Math.max(value, 0));
  return {
    scores: multiplyTransposed(centred, components),
    components,
    variances: squares.map((square) => square / (rows - 1)),
    explained: squares.map((square) => square / total),
  };
}

/** Each row at length 1 with its largest entry positive; rows of zeros stay so. */
function unitRows({ values, rows, columns }: Matrix): Matrix {
  const unit = zeroMatrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    let [length, largest] = [0, 0];
    for (const value of row) {
      length += value * value;
      if (Math.abs(value) > Math.abs(largest) * (1 + 1e-9)) largest = value;
    }
    const factor = length === 0 ? 0 : Math.sign(largest) / Math.sqrt(length);
    for (let j = 0; j < columns; j++) unit.values[i * columns + j] = factor * (row[j] as number);
  }
  return unit;
}
