import { componentsOf, highestFrequency } from "../fourier/basis";
import { transformColumns } from "../fourier/transform";
import { columnMeans } from "../matrix/center";
import { type Matrix, zeroMatrix } from "../matrix/matrix";
import { innerProduct } from "../matrix/product";
import type { PairLogits } from "./pair-logits";

/** The part of the logits that depends on x + y only, by frequency. */
export interface SumSpectrum {
  /**
   * The component of each answer's logits along √(1/n)·F_i(x + y), with F the basis of
   * `fourierBasis`, so of length 1 as a function of (x, y): [n, n], component by answer.
   */
  readonly coefficients: Matrix;
  /** Squared length per frequency, summed over answers; 0 is the constant: [⌊n/2⌋ + 1]. */
  readonly power: Float64Array;
  /**
   * The share of all of the logits' variance over pairs that these components hold. 1 for a network
   * whose logits depend on x + y only; 1/(n + 1) on average for random logits.
   */
  readonly share: number;
}

/**
 * The components of the logits along cos and sin of w_k(x + y), for every frequency k (Nanda et al.
 * 2023, section 5.1).
 *
 * Of length 1 they are (cos w_k x cos w_k y − sin w_k x sin w_k y)·√2/n and its like, the paper's
 * products of two basis functions. As they depend on x + y only, the logits are first averaged over
 * the n pairs of each sum: n³ additions for what takes n⁴ in the paper's form.
 *
 * @throws RangeError if the logits are not n³ numbers
 */
export function sumSpectrum(logits: PairLogits): SumSpectrum {
  const n = logits.order;
  if (logits.values.length !== n ** 3) {
    throw new RangeError(
      `logits on all pairs of Z_${n} are ${n ** 3} numbers, not ${logits.values.length}`,
    );
  }
  const means = meansBySum(logits);
  const transformed = transformColumns(means);
  const coefficients = zeroMatrix(n, n);
  const length = Math.sqrt(n);
  for (let i = 0; i < n * n; i++) {
    coefficients.values[i] = length * (transformed.values[i] as number);
  }
  const squares = Float64Array.from({ length: n }, (_, i) => {
    const row = coefficients.values.subarray(i * n, (i + 1) * n);
    return innerProduct(row, row);
  });
  const power = Float64Array.from({ length: highestFrequency(n) + 1 }, (_, frequency) =>
    componentsOf(frequency, n).reduce((sum, i) => sum + (squares[i] as number), 0),
  );
  let held = 0;
  for (const part of power.subarray(1)) held += part;
  return { coefficients, power, share: held / totalVariance(logits, means) };
}

/** The mean of each answer's logit over the n pairs of each sum: [n, n], sum by answer. */
export function meansBySum({ order: n, values }: PairLogits): Matrix {
  const means = zeroMatrix(n, n);
  for (let x = 0; x < n; x++) {
    for (let y = 0; y < n; y++) {
      const to = ((x + y) % n) * n;
      const from = (x * n + y) * n;
      for (let z = 0; z < n; z++) {
        means.values[to + z] = (means.values[to + z] as number) + (values[from + z] as number) / n;
      }
    }
  }
  return means;
}

/** The squared length of the logits less each answer's mean over all pairs. */
function totalVariance({ order: n, values }: PairLogits, means: Matrix): number {
  const centre = columnMeans(means);
  let total = 0;
  for (let i = 0; i < n * n; i++) {
    for (let z = 0; z < n; z++) {
      const deviation = (values[i * n + z] as number) - (centre[z] as number);
      total += deviation * deviation;
    }
  }
  return total;
}
