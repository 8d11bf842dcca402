import { leastSquares } from "@grok/metrics/statistics";

/**
 * The least-squares slope with its standard error. The error allows for samples that depend on the one
 * before: with a correlation r of neighbouring residuals, n samples count as n (1 − r) / (1 + r).
 */
export function slope(points: readonly (readonly [number, number])[]): {
  value: number;
  error: number;
} {
  const n = points.length;
  const { slope: value, spread, residuals: rest } = leastSquares(points);
  const squares = rest.reduce((sum, each) => sum + each ** 2, 0);
  const neighbours = rest.slice(1).reduce((sum, each, i) => sum + each * (rest[i] as number), 0);
  const r = squares > 0 ? Math.min(0.95, Math.max(0, neighbours / squares)) : 0;
  const error = Math.sqrt((squares / (n - 2) / spread) * ((1 + r) / (1 - r)));
  return { value: Number(value.toPrecision(3)), error: Number(error.toPrecision(3)) };
}
