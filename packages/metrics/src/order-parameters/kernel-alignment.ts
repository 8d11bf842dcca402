import { checkMatrix, type Matrix, zeroMatrix } from "../matrix/matrix";
import { innerProduct } from "../matrix/product";

/**
 * The centred alignment (CKA; Cortes et al. 2012, Kornblith et al. 2019) of a kernel with the labels:
 *
 *     ⟨HKH, HK*H⟩ / (‖HKH‖·‖HK*H‖)     K*_ij = 1 where y_i = y_j, else 0;  H = 1 − 11ᵀ/n
 *
 * A constant kernel, which cannot tell the examples apart, has no alignment (NaN), where the
 * uncentred form gives it √(1/classes).
 *
 * @param kernel K, [n, n], e.g. of `mlpTangentKernels` or `tangentKernel`
 * @param labels [n]
 * @returns in [−1, 1]; NaN where the kernel or the labels are constant
 * @throws RangeError if the kernel is not [n, n] or not finite
 */
export function kernelAlignment(kernel: Matrix, labels: ArrayLike<number>): number {
  check(kernel, labels);
  const [k, ideal] = [doublyCentred(kernel), doublyCentred(labelKernel(labels))];
  return innerProduct(k.values, ideal.values) / (length(k) * length(ideal));
}

/**
 * {@link kernelAlignment} without the bias of small samples (Song et al. 2012, Nguyen et al. 2021):
 * the diagonals, in which every example agrees with itself, are left out. In 500 examples of 97
 * classes they are a sixth of all equal pairs, so that a random kernel gets .06 from the biased form
 * and about 0 from this one.
 *
 *     h(K, L) = Σ K̃∘L̃ + ΣK̃·ΣL̃/((n−1)(n−2)) − 2/(n−2)·1ᵀK̃L̃1     K̃: K with a diagonal of 0
 *     h(K, K*) / √(h(K, K)·h(K*, K*))
 *
 * @param kernel K, [n, n], symmetric; n from 4
 * @param labels [n]
 * @returns at most 1; NaN where the kernel or the labels are constant, or too alike to tell
 * @throws RangeError if the kernel is not [n, n] or not finite, or n is below 4
 */
export function kernelAlignmentDebiased(kernel: Matrix, labels: ArrayLike<number>): number {
  check(kernel, labels);
  if (labels.length < 4) {
    throw new RangeError(`a debiased alignment needs at least 4 examples, not ${labels.length}`);
  }
  // Centred first, which changes nothing but spares the sums their cancellation.
  const [k, ideal] = [doublyCentred(kernel), doublyCentred(labelKernel(labels))];
  const own = independence(k, k) * independence(ideal, ideal);
  return own > 0 ? independence(k, ideal) / Math.sqrt(own) : Number.NaN;
}

/** h(K, L) of {@link kernelAlignmentDebiased}. */
function independence(k: Matrix, l: Matrix): number {
  const n = k.rows;
  let [product, mixed, sumK, sumL] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    let [rowK, rowL] = [0, 0];
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const [a, b] = [k.values[i * n + j] as number, l.values[i * n + j] as number];
      product += a * b;
      rowK += a;
      rowL += b;
    }
    sumK += rowK;
    sumL += rowL;
    mixed += rowK * rowL;
  }
  return product + (sumK * sumL) / ((n - 1) * (n - 2)) - (2 * mixed) / (n - 2);
}

/**
 * The kernel alignment as ChanceSiyuan/grokking codes it: not centred, and 0 where
 * ‖K‖·‖K*‖ < 10⁻¹².
 *
 *     ⟨K, K*⟩ / (‖K‖·‖K*‖)
 *
 * There K is the tangent kernel of the sum of all logits, on 500 test examples. It is degenerate: a
 * constant kernel scores √(Σ_c n_c²)/n, .111 on 500 examples of 97 classes, and summed logits do
 * not tell classes apart.
 *
 * @param kernel K, [n, n]
 * @param labels [n]
 * @throws RangeError if the kernel is not [n, n] or not finite
 */
export function kernelAlignmentUpstream(kernel: Matrix, labels: ArrayLike<number>): number {
  check(kernel, labels);
  const ideal = labelKernel(labels);
  const norms = Math.sqrt(
    innerProduct(kernel.values, kernel.values) * innerProduct(ideal.values, ideal.values),
  );
  return norms < 1e-12 ? 0 : innerProduct(kernel.values, ideal.values) / norms;
}

function check(kernel: Matrix, labels: ArrayLike<number>): void {
  const n = labels.length;
  checkMatrix(kernel, "the kernel", { rows: n, columns: n });
}

/** 1 where labels are equal, else 0: [n, n]. */
function labelKernel(labels: ArrayLike<number>): Matrix {
  const n = labels.length;
  const kernel = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) kernel.values[i * n + j] = labels[i] === labels[j] ? 1 : 0;
  }
  return kernel;
}

/** H·K·H for a symmetric K; exactly 0 where nothing but rounding is left. */
function doublyCentred(kernel: Matrix): Matrix {
  const { values, rows: n } = kernel;
  const means = new Float64Array(n);
  let mean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) means[i] = (means[i] as number) + (values[i * n + j] as number) / n;
    mean += (means[i] as number) / n;
  }
  const centred = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const at = i * n + j;
      centred.values[at] =
        (values[at] as number) - (means[i] as number) - (means[j] as number) + mean;
    }
  }
  return length(centred) > 1e-12 * length(kernel) ? centred : zeroMatrix(n, n);
}

function length({ values }: Matrix): number {
  return Math.sqrt(innerProduct(values, values));
}
