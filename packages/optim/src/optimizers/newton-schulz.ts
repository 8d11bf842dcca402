import * as tf from "@tensorflow/tfjs-core";

/** Keller Jordan's coefficients: the steepest quintic at 0 that keeps [0, 1] near 1. */
const steepest = [3.4445, -4.775, 2.0315] as const;

/** The quintic that keeps 1 where it is and is flattest there, so that singular values settle on 1. */
export const settling = [15 / 8, -10 / 8, 3 / 8] as const;

/**
 * Roughly the nearest matrix with orthonormal rows or columns, by a quintic Newton–Schulz iteration
 * (Jordan et al. 2024, kellerjordan.github.io/posts/muon):
 *
 *     X ← G/(‖G‖_F + 1e-7);   `steps` times:  A = X·Xᵀ,  X ← a·X + (b·A + c·A²)·X
 *
 * It keeps G's singular vectors and brings its singular values near 1, not onto it: five steps take
 * those from .01 to 1 times ‖G‖_F to between .68 and 1.14. A is formed on the shorter side. Runs
 * in single precision, where the authors' code runs in bfloat16.
 *
 * @param matrix [rows, cols]
 * @param coefficients a, b and c; Jordan's by default
 * @returns [rows, cols]
 */
export function newtonSchulz(
  matrix: tf.Tensor2D,
  steps: number,
  [a, b, c]: readonly [number, number, number] = steepest,
): tf.Tensor2D {
  return tf.tidy(() => {
    const [rows, cols] = matrix.shape;
    let x = tf.div<tf.Tensor2D>(matrix, tf.add(tf.norm(matrix), 1e-7)); // [rows, cols]
    for (let step = 0; step < steps; step++) {
      if (rows <= cols) {
        const square = tf.matMul(x, x, false, true); // [rows, rows]
        const factor = tf.add(tf.mul(square, b), tf.mul(tf.matMul(square, square), c));
        x = tf.add(tf.mul(x, a), tf.matMul(factor as tf.Tensor2D, x));
      } else {
        const square = tf.matMul(x, x, true, false); // [cols, cols]
        const factor = tf.add(tf.mul(square, b), tf.mul(tf.matMul(square, square), c));
        x = tf.add(tf.mul(x, a), tf.matMul(x, factor as tf.Tensor2D));
      }
    }
    return x;
  });
}
