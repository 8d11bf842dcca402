/**
 * The standard normal quantile: z with Φ(z) = share.
 *
 * Newton's method on Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + …) (Marsaglia 2004).
 *
 * @throws RangeError if the share is not in [10⁻⁹, 1 − 10⁻⁹]
 */
export function normalQuantile(share: number): number {
  if (!(share >= 1e-9 && share <= 1 - 1e-9)) {
    throw new RangeError(`a normal quantile is of a share within (0, 1), not of ${share}`);
  }
  // Φ is concave above 0, so from 0 on Newton's steps to a quantile above 0 do not overshoot.
  const upper = Math.max(share, 1 - share);
  let z = 0;
  for (let i = 0; i < 100; i++) {
    const density = Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
    let term = z;
    let series = z;
    for (let k = 3; term > 1e-17 * series; k += 2) {
      term *= z ** 2 / k;
      series += term;
    }
    const change = (upper - 0.5 - density * series) / density;
    z += change;
    if (Math.abs(change) < 1e-14) break;
  }
  return share < 0.5 ? -z : z;
}
