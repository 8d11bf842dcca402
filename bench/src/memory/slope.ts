import { leastSquares } from "@grok/metrics/statistics";

/** A straight line through points. */
export interface Slope {
  /** Change of y per unit of x. */
  value: number;
  /** Its standard error, were the points' deviations independent of each other. */
  standardError: number;
}

/**
 * The slope of the line of least squares: Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)², with the standard error
 * √(Σr² ÷ (n − 2) ÷ Σ(x − x̄)²), r being what the line leaves.
 *
 * @throws RangeError for fewer than three points, or where all x are the same
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): Slope {
  const n = points.length;
  const { slope, spread, residuals } = leastSquares(points);
  if (n < 3 || !(spread > 0)) {
    throw new RangeError(`A slope needs three points at different places, not ${n}.`);
  }
  const left = residuals.reduce((sum, each) => sum + each ** 2, 0);
  return { value: slope, standardError: Math.sqrt(left / (n - 2) / spread) };
}
