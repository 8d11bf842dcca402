import type { Survival } from "./kaplan-meier";
import { leastSquares } from "./least-squares";
import { studentQuantile } from "./student-quantile";

/** A run's time to grok, and what it depends on. */
export interface PowerLawRun extends Survival {
  /** Weight decay, size, share of the data, …; above 0. */
  readonly x: number;
}

/** What {@link powerLaw} gives: time = factor · x^exponent. */
export interface PowerLaw {
  readonly factor: number;
  readonly exponent: number;
  /** Standard error of the exponent, by least squares: with n − 2 and not n. */
  readonly exponentError: number;
  /** Degrees of freedom of both errors: runs that grokked, less 2. */
  readonly degrees: number;
  /** The exponent's 95% confidence interval, by Student's quantile. */
  readonly exponentInterval: readonly [low: number, high: number];
  /** Standard deviation of ln time around the law, with n − 2. */
  readonly spread: number;
  readonly runs: number;
  /** Runs that grokked; the others count by how long they did not. */
  readonly events: number;
}

const rounds = 10_000;
const closeness = 1e-10;

/**
 * A power law through times to grok in which runs that never grokked count for as long as they were
 * watched: censored regression (Tobit) of ln time on ln x, by maximum likelihood.
 *
 *     ln t = ln factor + exponent · ln x + σε,   ε ~ N(0, 1)
 *     ln L = Σ_grokked ln(φ(z)/σ) + Σ_others ln(1 − Φ(z)),   z = (ln t − ln factor − exponent · ln x)/σ
 *
 * found by the EM algorithm (Dempster, Laird & Rubin 1977); the exponent's error is from the
 * curvature of ln L. Maximum likelihood divides by n, which among few runs makes spread and error far
 * too small: both are taken times √(n/(n − 2)), n the runs that grokked, so that without censoring they
 * are exactly those of least squares.
 *
 * @returns null if fewer than three runs grokked, or those at fewer than two x: nothing is fitted
 *   to less
 * @throws RangeError for an x or time that is not above 0
 */
export function powerLaw(runs: readonly PowerLawRun[]): PowerLaw | null {
  for (const { x, time } of runs) {
    if (!(x > 0 && time > 0 && x < Number.POSITIVE_INFINITY && time < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`a power law needs x and time above 0, not ${x} and ${time}`);
    }
  }
  const points = runs.map(({ x, time, happened }) => ({
    u: Math.log(x),
    v: Math.log(time),
    happened,
  }));
  const seen = points.filter(({ happened }) => happened);
  if (seen.length < 3 || new Set(seen.map(({ u }) => u)).size < 2) return null;

  let law = regression(seen.map(({ u, v }) => ({ u, v, extra: 0 })));
  for (let i = 0; i < rounds; i++) {
    const { intercept, slope, sigma } = law;
    const next = regression(
      points.map(({ u, v, happened }) => {
        if (happened) return { u, v, extra: 0 };
        // The mean and variance of what lies beyond v.
        const z = (v - intercept - slope * u) / sigma;
        const hazard = normalHazard(z);
        const mean = intercept + slope * u + sigma * hazard;
        return { u, v: mean, extra: sigma ** 2 * Math.max(0, 1 + z * hazard - hazard ** 2) };
      }),
    );
    const change =
      Math.abs(next.intercept - intercept) +
      Math.abs(next.slope - slope) +
      Math.abs(next.sigma - sigma);
    law = next;
    // Through points on a line nothing is spread, and nothing more to be found.
    if (change < closeness || law.sigma < 1e-12) break;
  }
  const degrees = seen.length - 2;
  const correction = Math.sqrt(seen.length / degrees);
  const exponentError = slopeError(points, law) * correction;
  const reach = studentQuantile(0.975, degrees) * exponentError;
  return {
    factor: Math.exp(law.intercept),
    exponent: law.slope,
    exponentError,
    degrees,
    exponentInterval: [law.slope - reach, law.slope + reach],
    spread: law.sigma * correction,
    runs: runs.length,
    events: seen.length,
  };
}

interface Line {
  intercept: number;
  slope: number;
  sigma: number;
}

type Point = { u: number; v: number; happened: boolean };

/** Least squares; `extra` is variance that a point has besides its distance from the line. */
function regression(points: readonly { u: number; v: number; extra: number }[]): Line {
  const { slope, intercept, residuals } = leastSquares(points.map(({ u, v }) => [u, v]));
  const squares = points.reduce(
    (sum, { extra }, i) => sum + (residuals[i] as number) ** 2 + extra,
    0,
  );
  return { intercept, slope, sigma: Math.sqrt(squares / points.length) };
}

/** The slope's standard error: of the inverse of −∂² ln L, in (intercept, slope, ln σ). */
function slopeError(points: readonly Point[], { intercept, slope, sigma }: Line): number {
  if (sigma < 1e-12) return 0;
  const information = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const { u, v, happened } of points) {
    const z = (v - intercept - slope * u) / sigma;
    const hazard = normalHazard(z);
    const curve = happened ? 1 : hazard * (hazard - z);
    const push = happened ? z : hazard;
    // Second derivatives of −ln L by (intercept, slope, ln σ).
    const aa = curve / sigma ** 2;
    const as = (push + curve * z) / sigma;
    const ss = z * (push + curve * z);
    const rows = [aa, aa * u, as, aa * u, aa * u * u, as * u, as, as * u, ss];
    for (const [i, value] of rows.entries()) information[i] = (information[i] as number) + value;
  }
  const [a, b, c, , e, f, , , i] = information as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const determinant = a * (e * i - f * f) - b * (b * i - f * c) + c * (b * f - e * c);
  return Math.sqrt((a * i - c * c) / determinant);
}

/** φ(z)/(1 − Φ(z)), also far out, where both vanish. */
function normalHazard(z: number): number {
  if (z > 3) {
    // Mills' ratio as a continued fraction: 1/(z + 1/(z + 2/(z + 3/(z + …)))).
    let tail = z;
    for (let k = 200; k > 0; k--) tail = z + k / tail;
    return tail;
  }
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / upperTail(z);
}

/** 1 − Φ(z) for z ≤ 3, by the series of Φ around 0 (Marsaglia 2004), good to about 10⁻¹². */
function upperTail(z: number): number {
  if (z < -8) return 1;
  let sum = z;
  let term = z;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum) && k < 400; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  const below = 0.5 + sum * Math.exp(-0.5 * z * z - 0.918_938_533_204_672_8);
  return 1 - below;
}
