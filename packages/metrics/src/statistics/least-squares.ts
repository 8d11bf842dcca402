/** A straight line through points. */
export interface FittedLine {
  readonly slope: number;
  /** The line's value at x = 0. */
  readonly intercept: number;
  /** Σ(x − x̄)². */
  readonly spread: number;
  /** What the line leaves of each point, in their order. */
  readonly residuals: readonly number[];
}

/**
 * The line of least squares: slope Σ(x − x̄)(y − ȳ) ÷ Σ(x − x̄)², through (x̄, ȳ). Points that all have
 * one x have no slope: it is NaN.
 *
 * @throws RangeError without points, or for one that is not finite
 */
export function leastSquares(points: readonly (readonly [x: number, y: number])[]): FittedLine {
  const n = points.length;
  if (n === 0) throw new RangeError("a line of least squares needs points");
  if (!points.flat().every(Number.isFinite)) {
    throw new RangeError("a line of least squares needs points of finite numbers");
  }
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  let [spread, product] = [0, 0];
  for (const [x, y] of points) {
    spread += (x - meanX) ** 2;
    product += (x - meanX) * (y - meanY);
  }
  const slope = product / spread;
  const intercept = meanY - slope * meanX;
  return { slope, intercept, spread, residuals: points.map(([x, y]) => y - intercept - slope * x) };
}
