/**
 * The effective rank of Roy & Vetterli 2007: the exponential of the entropy of the singular values.
 *
 *     exp(−Σ q_i ln q_i)     q_i = σ_i / Σσ
 *
 * @param singularValues as `singularValues` gives them
 * @returns from 1 to the rank, which it is where all singular values but zeros are equal; NaN where
 *   all are 0
 * @throws RangeError if one is negative or not finite
 */
export function effectiveRank(singularValues: ArrayLike<number>): number {
  const values = checked(singularValues);
  const total = values.reduce((sum, value) => sum + value, 0);
  return Math.exp(entropy(values.map((value) => value / total)));
}

/**
 * The effective rank as ChanceSiyuan/grokking codes it: q_i = σ_i² / Σσ², shares of at most 10⁻¹²
 * left out, and 0 where Σσ² < 10⁻¹². Squares make it smaller than Roy & Vetterli's.
 *
 * @throws RangeError if one is negative or not finite
 */
export function effectiveRankUpstream(singularValues: ArrayLike<number>): number {
  const squares = checked(singularValues).map((value) => value ** 2);
  const total = squares.reduce((sum, square) => sum + square, 0);
  if (total < 1e-12) return 0;
  return Math.exp(entropy(squares.map((square) => square / total).filter((q) => q > 1e-12)));
}

function checked(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values);
  const wrong = copy.find((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) {
    throw new RangeError(`a singular value is a finite number from 0, not ${wrong}`);
  }
  return copy;
}

/** −Σ q ln q, where 0 ln 0 is 0. */
function entropy(shares: Float64Array): number {
  return shares.reduce((sum, q) => (q === 0 ? sum : sum - q * Math.log(q)), 0);
}
