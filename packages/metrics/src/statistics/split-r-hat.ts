import { mean, variance } from "d3-array";

/**
 * How far chains that draw from one distribution still are from agreeing, R̂ of half chains (Gelman et
 * al. 2013, "Bayesian Data Analysis", §11.4): each chain is cut in two, so that a trend counts as
 * disagreement. With 2m halves of n draws, means ψ_j and variances s_j²,
 *
 *     W = mean of s_j²,  B = n · variance of ψ_j,  R̂ = √((n − 1)/n + B/(n·W))
 *
 * It is 1 in the limit of long chains that have settled; above 1.1 they have not.
 *
 * @param chains draws of each, [chains][draws], equally many, at least 4; of odd numbers the middle
 *   draw is left out
 * @returns 1 if no draw differs from any other
 * @throws RangeError if there is no chain, one is too short, lengths differ, or a draw is not finite
 *
 * @example
 * splitRHat([[1, 2, 1, 2], [2, 1, 2, 1]]); // 0.707
 */
export function splitRHat(chains: readonly ArrayLike<number>[]): number {
  const draws = chains[0]?.length ?? 0;
  if (draws < 4 || chains.some(({ length }) => length !== draws)) {
    throw new RangeError(
      `R̂ needs chains of equally many draws, at least 4, not ${chains.map(({ length }) => length).join(", ") || "none"}`,
    );
  }
  const n = Math.floor(draws / 2);
  const halves = chains.flatMap((chain) => {
    const all = Array.from(chain);
    return [all.slice(0, n), all.slice(draws - n)];
  });
  if (halves.flat().some((draw) => !Number.isFinite(draw))) {
    throw new RangeError("R̂ needs draws that are finite numbers");
  }
  const within = mean(halves, (half) => variance(half)) as number;
  const between = variance(halves, (half) => mean(half)) as number;
  if (between === 0) return within === 0 ? 1 : Math.sqrt((n - 1) / n);
  return Math.sqrt((n - 1) / n + between / within);
}
