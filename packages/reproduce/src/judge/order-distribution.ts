/**
 * How likely each score of an order is if labels stand at random, exactly: scores are whole numbers,
 * and a distribution has a probability for each.
 */
export type ScoreDistribution = ReadonlyMap<number, number>;

/** States of the exact computation beyond which it would take too long. */
const maxStates = 20_000;

/**
 * The exact distribution of
 *
 *     J = Σ_{groups g < h} Σ_{a ∈ g, b ∈ h} sign(rank b − rank a)
 *
 * over all ways in which the groups' labels can stand at the runs, given how many runs are tied at each
 * rank. Runs are placed rank by rank; the state is how many of each group have been placed.
 *
 * @param sizes runs per group, in the order that is claimed
 * @param ties runs per rank, rising
 * @returns null if it would take too long
 */
export function scoreDistribution(
  sizes: readonly number[],
  ties: readonly number[],
): ScoreDistribution | null {
  const states = sizes.reduce((product, size) => product * (size + 1), 1);
  if (states > maxStates) return null;
  let reached = new Map<string, { placed: number[]; scores: Map<number, number> }>();
  reached.set(sizes.map(() => 0).join(), { placed: sizes.map(() => 0), scores: new Map([[0, 1]]) });
  let left = sizes.reduce((sum, size) => sum + size, 0);
  for (const tied of ties) {
    const next: typeof reached = new Map();
    for (const { placed, scores } of reached.values()) {
      const free = sizes.map((size, g) => size - (placed[g] as number));
      for (const { taken, probability } of draws(free, tied, left)) {
        const gain = gained(placed, taken);
        const after = placed.map((count, g) => count + (taken[g] as number));
        const key = after.join();
        const state = next.get(key) ?? { placed: after, scores: new Map<number, number>() };
        for (const [score, p] of scores) {
          const to = score + gain;
          state.scores.set(to, (state.scores.get(to) ?? 0) + p * probability);
        }
        next.set(key, state);
      }
    }
    reached = next;
    left -= tied;
  }
  return [...reached.values()][0]?.scores ?? new Map([[0, 1]]);
}

/** The distribution of the sum of two scores that do not depend on each other. */
export function sumDistribution(a: ScoreDistribution, b: ScoreDistribution): ScoreDistribution {
  const sum = new Map<number, number>();
  for (const [x, p] of a) {
    for (const [y, q] of b) sum.set(x + y, (sum.get(x + y) ?? 0) + p * q);
  }
  return sum;
}

/** P(J ≥ score). */
export function atLeast(distribution: ScoreDistribution, score: number): number {
  let p = 0;
  for (const [each, q] of distribution) if (each >= score) p += q;
  return Math.min(1, p);
}

/** What placing some runs of each group above those placed before adds to the score. */
function gained(placed: readonly number[], taken: readonly number[]): number {
  let gain = 0;
  for (const [h, above] of taken.entries()) {
    for (const [g, below] of placed.entries()) gain += Math.sign(h - g) * above * below;
  }
  return gain;
}

/** Every way to draw some runs of the free ones, with its (multivariate hypergeometric) probability. */
function* draws(
  free: readonly number[],
  count: number,
  left: number,
): Generator<{ taken: number[]; probability: number }> {
  const taken = free.map(() => 0);
  function* rest(
    group: number,
    open: number,
    ways: number,
  ): Generator<{ taken: number[]; probability: number }> {
    if (group === free.length) {
      if (open === 0) yield { taken: [...taken], probability: ways / choose(left, count) };
      return;
    }
    const most = Math.min(open, free[group] as number);
    for (let k = 0; k <= most; k++) {
      taken[group] = k;
      yield* rest(group + 1, open - k, ways * choose(free[group] as number, k));
    }
    taken[group] = 0;
  }
  yield* rest(0, count, 1);
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
