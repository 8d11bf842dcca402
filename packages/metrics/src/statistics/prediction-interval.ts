import { studentQuantile } from "./student-quantile";

/** Settings of {@link predictionInterval}. */
export interface PredictionIntervalOptions {
  /** Default .95. */
  confidence?: number;
  /** Whether values spread by factors, as times do: it is taken of their logarithms. Default false. */
  isLogarithmic?: boolean;
}

/**
 * Where one more value would lie, with some confidence, if it were drawn like those that there are, from
 * a normal distribution:
 *
 *     mean ± t · s · √(1 + 1/n),   t Student's quantile with n − 1 degrees of freedom
 *
 * A published number of one seed is such a value, if it agrees with ours.
 *
 * @returns null for fewer than two values
 * @throws RangeError for values that are not finite, or not above 0 if logarithmic
 */
export function predictionInterval(
  values: readonly number[],
  { confidence = 0.95, isLogarithmic = false }: PredictionIntervalOptions = {},
): readonly [low: number, high: number] | null {
  for (const value of values) {
    if (!Number.isFinite(value) || (isLogarithmic && value <= 0)) {
      throw new RangeError(
        `a prediction interval is of ${isLogarithmic ? "numbers above 0" : "finite numbers"}, not ${value}`,
      );
    }
  }
  const n = values.length;
  if (n < 2) return null;
  const own = isLogarithmic ? values.map(Math.log) : values;
  const mean = own.reduce((sum, value) => sum + value, 0) / n;
  const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance * (1 + 1 / n));
  const [low, high] = [mean - half, mean + half];
  return isLogarithmic ? [Math.exp(low), Math.exp(high)] : [low, high];
}
