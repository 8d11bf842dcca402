import * as tf from "@tensorflow/tfjs-core";
import { centerColumns } from "../matrix/center";
import { checkMatrix, type Matrix, readMatrix } from "../matrix/matrix";
import { gramOfColumns, innerProduct } from "../matrix/product";

/**
 * The participation ratio: how many directions the variance of activations is spread over.
 *
 *     PR = tr(C)² / tr(C²) = (Σλ)² / Σλ²
 *
 * @param covariance C, [d, d], symmetric, as `covariance` or `readCovariance` gives it
 * @returns from 1 to d; NaN where nothing varies
 * @throws RangeError if C is not square or not finite
 */
export function participationRatio(covariance: Matrix): number {
  const { trace, traceOfSquare } = traces(covariance);
  return trace ** 2 / traceOfSquare;
}

/**
 * The participation ratio as ChanceSiyuan/grokking codes it. It differs from
 * {@link participationRatio} in the degenerate case only: 0 where tr(C²) < 10⁻¹².
 *
 * @throws RangeError if C is not square or not finite
 */
export function participationRatioUpstream(covariance: Matrix): number {
  const { trace, traceOfSquare } = traces(covariance);
  return traceOfSquare < 1e-12 ? 0 : trace ** 2 / traceOfSquare;
}

/** The covariance of rows, centred and divided by their number: [columns, columns]. */
export function covariance(rows: Matrix): Matrix {
  checkMatrix(rows, "the activations");
  const gram = gramOfColumns(centerColumns(rows));
  return { ...gram, values: gram.values.map((value) => value / rows.rows) as Float64Array };
}

/**
 * {@link covariance} on the tensor's device, in float32: for thousands of rows.
 *
 * @param rows [n, d]; it is only read
 * @throws RangeError if the rows do not have two axes, or are not finite
 */
export async function readCovariance(rows: tf.Tensor2D): Promise<Matrix> {
  if (rows.shape.length !== 2) {
    throw new RangeError(`activations have two axes, not the shape [${(rows as tf.Tensor).shape}]`);
  }
  const result = tf.tidy(() => {
    const centred = tf.sub(rows, tf.mean(rows, 0, true)); // [n, d]
    return tf.div(tf.matMul(centred, centred, true, false), rows.shape[0]); // [d, d]
  });
  const matrix = await readMatrix(result);
  result.dispose();
  checkMatrix(matrix, "the covariance");
  return matrix;
}

function traces(covariance: Matrix): { trace: number; traceOfSquare: number } {
  checkMatrix(covariance, "the covariance", { columns: covariance.rows });
  let trace = 0;
  for (let i = 0; i < covariance.rows; i++) {
    trace += covariance.values[i * (covariance.rows + 1)] as number;
  }
  return { trace, traceOfSquare: innerProduct(covariance.values, covariance.values) };
}
