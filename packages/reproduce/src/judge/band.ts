/**
 * The band around published numbers: this many times less and more.
 *
 * @example
 * timesAround(267_400, 1.3); // [205_692, 347_620]
 */
export function timesAround(
  published: number | readonly [number, number],
  factor: number,
): readonly [number, number] {
  const [low, high] = typeof published === "number" ? [published, published] : published;
  return [low / factor, high * factor];
}

/**
 * How far one published number may lie from the median of ours if both are draws of one distribution
 * of ln t with a standard deviation that was estimated from few pairs or residuals: Student's quantile
 * at 97.5% times that deviation, for one draw less the median of n.
 *
 *     factor = exp(t · σ · √(1 + π/2n))
 *
 * @param deviation σ of ln t over seeds
 * @param quantile Student's, for the degrees of freedom of σ
 */
export function seedFactor(std: number, quantile: number, runs: number): number {
  return Math.exp(quantile * std * Math.sqrt(1 + Math.PI / (2 * runs)));
}

/**
 * Over seeds, ln of the epoch at which mlx-grokking's networks grok deviates by .105: from three pairs of
 * seeds that were trained in PyTorch (145 and 175, 80 and 90, 165 and 145 epochs), so with three
 * degrees of freedom, where Student's quantile is 3.18. For five runs that gives a factor of 1.47.
 */
export const transformerFactor = 1.5;
export const transformerBecause =
  "a factor of 1.5 either way: three pairs of seeds in PyTorch (145 and 175, 80 and 90, 165 and 145 epochs) deviate by .105 in ln t, and one published seed and our median of 5 then differ by at most that in 95%";

/**
 * Around its own power law the times of grokking-lab's source deviate by .065 in ln t, three degrees of
 * freedom. For five runs that gives a factor of 1.27.
 */
export const mlpFactor = 1.3;
export const mlpBecause =
  "a factor of 1.3 either way: the source's five times deviate by .065 in ln t from its own power law, and one published seed and our median of 5 then differ by at most that in 95%";

/** How long a rise takes between two levels. */
export const durationBecause =
  "a factor of 2 either way, by convention: the spread over seeds that is known is one of times, and nothing is known of how far seeds differ in how long a rise takes";

/** Where nothing is known of the spread. */
export const unknownFactor = 2;
export const unknownBecause =
  "a factor of 2 either way, by convention, as the source has one seed and nothing tells how far seeds differ there";
