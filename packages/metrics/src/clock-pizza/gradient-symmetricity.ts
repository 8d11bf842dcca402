import { linear, reshape, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { innerProduct } from "../matrix/product";

/** An answer whose logit is differentiated by both operands. */
export interface AskedLogit {
  /** The rows of the embedding that belong to the first and to the second operand; they differ. */
  readonly operands: readonly [first: number, second: number];
  /** The example, as a row that the network is given. */
  readonly row: number;
  /** The logit's class. */
  readonly label: number;
}

/**
 * The gradient symmetricity of Zhong et al. 2023 ("The Clock and the Pizza"): how alike the slopes of a
 * logit are along the embeddings of the two operands, as the mean of their cosine over logits.
 *
 * It is 1 for a network that sees no more than the sum of both embeddings, as the pizza does, and 0 in
 * the mean for one that multiplies them as the clock does.
 *
 * @param embedding by name, [symbols, d], that the network reads
 * @param logitsOf the logits of some rows, [rows, classes], by operations that have gradients
 * @param asked in passes: within one no row of the embedding may occur twice
 * @returns in [−1, 1]; NaN if no slope is above 0
 * @throws RangeError if a row of the embedding occurs twice in a pass, or is none of it
 */
export async function gradientSymmetricity(
  embedding: readonly [name: string, table: tf.Tensor2D],
  logitsOf: (table: tf.Tensor, rows: Int32Array) => tf.Tensor,
  asked: readonly (readonly AskedLogit[])[],
): Promise<number> {
  const cosines: number[] = [];
  for (const pass of asked) {
    checkPass(pass, embedding[1].shape[0]);
    const slopes = slopesOf(embedding, logitsOf, pass); // [symbols, d]
    const values = await slopes.data();
    slopes.dispose();
    const width = slopes.shape[1] as number;
    const rowOf = (row: number) => values.subarray(row * width, (row + 1) * width);
    for (const { operands } of pass) {
      const cosine = cosineOf(rowOf(operands[0]), rowOf(operands[1]));
      if (Number.isFinite(cosine)) cosines.push(cosine);
    }
  }
  return cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
}

/** The slopes of the sum of all logits of a pass, which is the sum of slopes that touch other rows. */
function slopesOf(
  [name, table]: readonly [string, tf.Tensor2D],
  logitsOf: (table: tf.Tensor, rows: Int32Array) => tf.Tensor,
  pass: readonly AskedLogit[],
): tf.Tensor {
  return tf.tidy(() => {
    const { value, gradients } = valueAndGradients({ [name]: table }, () => {
      const logits = logitsOf(
        table,
        Int32Array.from(pass, ({ row }) => row),
      ); // [rows, classes]
      const classes = logits.shape[1] as number;
      const chosen = new Float32Array(logits.size);
      for (const [i, { label }] of pass.entries()) chosen[i * classes + label] = 1;
      const sum = linear(reshape(logits, [1, logits.size]), tf.tensor2d(chosen, [logits.size, 1])); // [1, 1]
      return { loss: reshape(sum, []) as tf.Scalar };
    });
    value.loss.dispose();
    return gradients[name] as tf.Tensor;
  });
}

function checkPass(pass: readonly AskedLogit[], symbols: number): void {
  const seen = new Set<number>();
  for (const row of pass.flatMap(({ operands }) => operands)) {
    if (!(Number.isInteger(row) && row >= 0 && row < symbols)) {
      throw new RangeError(`there is no row ${row} of an embedding of ${symbols}`);
    }
    if (seen.has(row)) {
      throw new RangeError(`the row ${row} of the embedding occurs twice in a pass`);
    }
    seen.add(row);
  }
}

function cosineOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return innerProduct(a, b) / Math.sqrt(innerProduct(a, a) * innerProduct(b, b));
}
