/**
 * The Gini coefficient of non-negative numbers: how few of them hold the sum (Hurley & Rickard
 * 2009; Nanda et al. 2023 take it of Fourier norms).
 *
 *     G = 1 − 2 Σ_i (c_i / Σc)·(N − i + ½)/N     c rising, i = 1 … N
 *
 * @returns 0 where all are equal, 1 − 1/N where one holds all; NaN where all are 0
 * @throws RangeError if there is no number, or one is negative or not finite
 */
export function gini(numbers: ArrayLike<number>): number {
  const sorted = Float64Array.from(numbers).sort();
  const n = sorted.length;
  if (n === 0) throw new RangeError("the Gini coefficient needs at least one number");
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < n; i++) {
    const value = sorted[i] as number;
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`the Gini coefficient is of finite numbers from 0, not of ${value}`);
    }
    sum += value;
    weighted += value * ((n - i - 0.5) / n);
  }
  return 1 - (2 * weighted) / sum;
}
