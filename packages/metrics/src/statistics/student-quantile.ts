import { incompleteBeta } from "./beta";

/**
 * Student's quantile: t with P(T ≤ t) = share, for some degrees of freedom; by bisection on
 *
 *     P(T ≤ t) = 1 − ½·I_{ν/(ν + t²)}(ν/2, ½)   for t ≥ 0
 *
 * @throws RangeError if the share is not in (0, 1), or the degrees of freedom are not above 0
 *
 * @example
 * studentQuantile(0.975, 2); // 4.303
 */
export function studentQuantile(share: number, degrees: number): number {
  if (!(share > 0 && share < 1)) {
    throw new RangeError(`a quantile of Student's is of a share within (0, 1), not of ${share}`);
  }
  if (!(degrees > 0)) {
    throw new RangeError(`Student's distribution needs degrees of freedom above 0, not ${degrees}`);
  }
  if (share < 0.5) return -studentQuantile(1 - share, degrees);
  const above = 2 * (1 - share);
  const tail = (t: number) => incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
  let [low, high] = [0, 1];
  while (tail(high) > above) high *= 2;
  for (let i = 0; i < 200 && high - low > 1e-14 * high; i++) {
    const middle = (low + high) / 2;
    if (tail(middle) > above) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
