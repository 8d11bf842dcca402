import type { LossPrecision } from "@grok/ops";
import { checkMatrix, type Matrix } from "../matrix/matrix";

/** Settings of {@link softmaxCollapse}. */
export interface SoftmaxCollapseOptions {
  /** The precision of the loss; default `"float32"`. */
  precision?: LossPrecision | undefined;
}

/** Shares of examples from which rounding leaves nothing to learn. */
export interface SoftmaxCollapse {
  /** The share whose softmax has become exactly 1 for one class. */
  readonly collapsed: number;
  /** The share whose loss is exactly 0: collapsed on the right class. */
  readonly zeroLoss: number;
}

/**
 * Softmax collapse (Prieto et al. 2025): the share of examples with
 *
 *     Σ_c exp(z_c − max z) = 1     in the loss's precision, of float32 logits
 *
 * For these the other classes have been absorbed by rounding. Where the label is the largest, the
 * loss is exactly 0 and so is the gradient: without weight decay the example no longer teaches.
 *
 * The smaller ones are summed by themselves, in double precision, and the whole is rounded once, so it
 * does not depend on the order of the classes; a loop that meets the largest first collapses a little
 * earlier.
 *
 * @param matrix the logits, [rows, classes]
 * @param labels [rows]
 * @throws RangeError if labels do not fit the logits, or a logit is not finite
 */
export function softmaxCollapse(
  matrix: Matrix,
  labels: ArrayLike<number>,
  { precision = "float32" }: SoftmaxCollapseOptions = {},
): SoftmaxCollapse {
  const { values, rows, columns } = matrix;
  checkMatrix(matrix, "the logits");
  if (labels.length !== rows) {
    throw new RangeError(`${rows} rows of logits need ${rows} labels, not ${labels.length}`);
  }
  const rounded = precision === "float64" ? (x: number) => x : Math.fround;
  let collapsed = 0;
  let zeroLoss = 0;
  for (let row = 0; row < rows; row++) {
    const logits = values.subarray(row * columns, (row + 1) * columns);
    const label = labels[row] as number;
    const right = logits[label];
    if (right === undefined) {
      throw new RangeError(`label ${label} is not among the ${columns} classes`);
    }
    let top = Number.NEGATIVE_INFINITY;
    for (const logit of logits) top = Math.max(top, logit);
    // Less the largest itself, of which there is one at least.
    let rest = -1;
    let sum = 0;
    for (const logit of logits) {
      if (logit === top) rest++;
      else sum += Math.exp(rounded(logit - top));
    }
    if (rounded(1 + (rest + sum)) !== 1) continue;
    collapsed++;
    if (right === top) zeroLoss++;
  }
  return { collapsed: collapsed / rows, zeroLoss: zeroLoss / rows };
}
