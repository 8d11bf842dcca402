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
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / n;
  const [x0, y0] = [mean(([x]) => x), mean(([, y]) => y)];
  const sxx = n * mean(([x]) => (x - x0) ** 2);
  if (n < 3 || !(sxx > 0)) {
    throw new RangeError(`A slope needs three points at different places, not ${n}.`);
  }
  const value = (n * mean(([x, y]) => (x - x0) * (y - y0))) / sxx;
  const left = n * mean(([x, y]) => (y - y0 - value * (x - x0)) ** 2);
  return { value, standardError: Math.sqrt(left / (n - 2) / sxx) };
}
