import { checkMatrix, type Matrix } from "../matrix/matrix";

/**
 * How well a kernel fits real-valued targets, yᵀKy / (‖K‖_F·‖y‖²), with the targets and the kernel's
 * columns centred, after Kumar et al. 2024 (arXiv 2310.06110): 1 if K is the targets' own kernel, and
 * near 0 if it knows nothing of them.
 *
 * @param kernel [n, n]
 * @param targets [n]
 * @returns NaN if the kernel or the targets are constant
 * @throws RangeError if shapes do not fit or numbers are not finite
 *
 * @example
 * targetAlignment(matrixOf(Float64Array.of(1, -1, -1, 1), 2, 2), [1, -1]); // 1
 */
export function targetAlignment(kernel: Matrix, targets: ArrayLike<number>): number {
  const n = targets.length;
  checkMatrix(kernel, "the kernel", { rows: n, columns: n });
  const mean = Array.from(targets).reduce((sum, y) => sum + y, 0) / n;
  const y = Array.from(targets, (target) => target - mean);
  if (!y.every(Number.isFinite)) throw new RangeError("the targets must be finite numbers");
  let [product, squares] = [0, 0];
  for (let j = 0; j < n; j++) {
    let column = 0;
    for (let i = 0; i < n; i++) column += (kernel.values[i * n + j] as number) / n;
    for (let i = 0; i < n; i++) {
      const k = (kernel.values[i * n + j] as number) - column;
      product += (y[i] as number) * k * (y[j] as number);
      squares += k * k;
    }
  }
  const length = y.reduce((sum, each) => sum + each * each, 0);
  return product / (Math.sqrt(squares) * length);
}
