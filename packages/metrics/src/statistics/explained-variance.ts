import { incompleteBeta, lnGamma } from "./beta";

/** What {@link explainedVariance} gives. */
export interface ExplainedVariance {
  /** η²: the share of the sum of squares that lies between groups. It is above 0 by chance alone. */
  readonly raw: number;
  /** What η² is on average if groups make no difference: (k − 1)/(N − 1). */
  readonly chance: number;
  /** ω², an estimate of the population's share that is corrected for chance; below 0 if η² is below chance. */
  readonly corrected: number;
  /** Of the population's share; null if no group has two values or the values do not differ. */
  readonly interval: readonly [low: number, high: number] | null;
  readonly groups: number;
  readonly values: number;
}

/**
 * The share of the variance of some values that goes with the group they are in.
 *
 *     η² = SS_between/SS_total     ω² = (SS_between − (k − 1)·MS_within)/(SS_total + MS_within)
 *
 * The interval is that of the noncentrality λ of F by inversion (Steiger 2004), as share λ/(λ + N); it
 * assumes normal values with one variance and is a rough guide for others.
 *
 * @param confidence of the interval; default .95
 * @returns null for fewer than two groups, or as many groups as values
 */
export function explainedVariance(
  groups: readonly (readonly number[])[],
  confidence = 0.95,
): ExplainedVariance | null {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`a confidence is within (0, 1), not ${confidence}`);
  }
  const filled = groups.filter(({ length }) => length > 0);
  const all = filled.flat();
  for (const value of all) {
    if (!Number.isFinite(value)) throw new RangeError(`values must be finite, not ${value}`);
  }
  const [k, n] = [filled.length, all.length];
  if (k < 2 || n <= k) return null;
  const mean = average(all);
  const total = all.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const between = filled.reduce((sum, own) => sum + own.length * (average(own) - mean) ** 2, 0);
  const common = { chance: (k - 1) / (n - 1), groups: k, values: n };
  if (total === 0) return { ...common, raw: 0, corrected: 0, interval: null };
  const within = Math.max(0, total - between) / (n - k);
  const f = between / (k - 1) / within;
  const share = (probability: number) => {
    const lambda = noncentrality(f, k - 1, n - k, probability);
    return lambda / (lambda + n);
  };
  const tail = (1 - confidence) / 2;
  return {
    ...common,
    raw: between / total,
    corrected: (between - (k - 1) * within) / (total + within),
    interval: Number.isFinite(f) ? [share(1 - tail), share(tail)] : [1, 1],
  };
}

/** λ with P(F ≤ f; λ) = probability; 0 if it is below that at λ = 0 already. */
function noncentrality(f: number, d1: number, d2: number, probability: number): number {
  const below = (lambda: number) => noncentralF(f, d1, d2, lambda);
  if (below(0) <= probability) return 0;
  let [low, high] = [0, 1];
  while (below(high) > probability && high < 1e6) high *= 2;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (below(middle) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(F ≤ f) of the noncentral F distribution, as a Poisson mixture of beta distributions. */
function noncentralF(f: number, d1: number, d2: number, lambda: number): number {
  const x = (d1 * f) / (d1 * f + d2);
  const half = lambda / 2;
  const spread = 12 * Math.sqrt(half + 1) + 20;
  const from = Math.max(0, Math.floor(half - spread));
  let sum = 0;
  for (let j = from; j <= half + spread; j++) {
    const weight = Math.exp((j === 0 ? 0 : j * Math.log(half)) - half - lnGamma(j + 1));
    if (weight > 0) sum += weight * incompleteBeta(x, d1 / 2 + j, d2 / 2);
  }
  return sum;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
