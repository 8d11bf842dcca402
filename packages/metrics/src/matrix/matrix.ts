import type * as tf from "@tensorflow/tfjs-core";

/** Numbers in rows: what most measures take. Only read. */
export interface Matrix {
  /** Row by row, [rows · columns]. */
  readonly values: Float32Array | Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * A matrix on given numbers, which are not copied.
 *
 * @param values row by row
 * @throws RangeError if the shape does not fit the values
 *
 * @example
 * matrixOf(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3); // [[1, 2, 3], [4, 5, 6]]
 */
export function matrixOf(
  values: Float32Array | Float64Array,
  rows: number,
  columns: number,
): Matrix {
  const matrix = { values, rows, columns };
  checkShape(matrix, "a matrix");
  return matrix;
}

/** A matrix of zeros in double precision. */
export function zeroMatrix(rows: number, columns: number): Matrix & { values: Float64Array } {
  return { values: new Float64Array(rows * columns), rows, columns };
}

/**
 * Reads a tensor from its device.
 *
 * @param tensor [rows, columns]; it is only read
 * @throws RangeError if the tensor does not have two axes
 */
export async function readMatrix(tensor: tf.Tensor): Promise<Matrix> {
  if (tensor.rank !== 2) {
    throw new RangeError(`a matrix has two axes, not the shape [${tensor.shape}]`);
  }
  const [rows, columns] = tensor.shape as [number, number];
  return { values: Float32Array.from(await tensor.data()), rows, columns };
}

/**
 * Checks that a matrix has the shape that a measure needs and that all its numbers are finite, so
 * that no measure quietly turns a NaN into a plausible number.
 *
 * @param what names it in the error, e.g. `"the embedding"`
 * @throws RangeError naming the first thing that does not fit
 */
export function checkMatrix(
  matrix: Matrix,
  what: string,
  { rows, columns }: { rows?: number; columns?: number } = {},
): void {
  checkShape(matrix, what);
  if (rows !== undefined && matrix.rows !== rows) {
    throw new RangeError(`${what} must have ${rows} rows, not ${matrix.rows}`);
  }
  if (columns !== undefined && matrix.columns !== columns) {
    throw new RangeError(`${what} must have ${columns} columns, not ${matrix.columns}`);
  }
  const at = matrix.values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new RangeError(
      `${what} has ${matrix.values[at]} at row ${Math.floor(at / matrix.columns)}, column ${at % matrix.columns}: all numbers must be finite`,
    );
  }
}

function checkShape({ values, rows, columns }: Matrix, what: string): void {
  const fits = [rows, columns].every((side) => Number.isSafeInteger(side) && side >= 1);
  if (!fits || values.length !== rows * columns) {
    throw new RangeError(`${what} of ${rows} × ${columns} cannot have ${values.length} values`);
  }
}

/**
 * Some rows of a matrix, in the order asked for, as a copy.
 *
 * @throws RangeError for a row that is not there
 */
export function selectRows({ values, rows, columns }: Matrix, chosen: ArrayLike<number>): Matrix {
  const size = chosen.length * columns;
  const out = values instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < chosen.length; i++) {
    const row = chosen[i] as number;
    if (!(Number.isInteger(row) && row >= 0 && row < rows)) {
      throw new RangeError(`row ${row} is not among the ${rows} rows of the matrix`);
    }
    out.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return { values: out, rows: chosen.length, columns };
}
