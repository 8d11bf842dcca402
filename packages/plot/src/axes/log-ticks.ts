import { ticks as linearTicks } from "d3-array";

/** Labelled ticks of an axis, and unlabelled ones between them. */
export interface Ticks {
  readonly major: number[];
  readonly minor: number[];
}

/**
 * Ticks of a logarithmic axis: powers of ten (every other one, or fewer, above `most`); 1, 2, 5
 * where that gives fewer than three; evenly spaced numbers where that again does. Without a label:
 * the powers left out, or 2 … 9 between them.
 *
 * @param low least value, above 0
 * @param high greatest value
 * @param most most labels wanted
 */
export function logTicks(low: number, high: number, most = 7): Ticks {
  const inside = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const from = Math.floor(Math.log10(low) + 1e-9);
  const to = Math.ceil(Math.log10(high) - 1e-9);
  const exponents = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const times = (factors: readonly number[]) =>
    exponents
      .flatMap((exponent) => factors.map((factor) => Number(`${factor}e${exponent}`)))
      .filter(inside);

  const powers = times([1]);
  const stride = Math.ceil(powers.length / most);
  if (stride > 1) {
    const labelled = (value: number) => Math.round(Math.log10(value)) % stride === 0;
    return { major: powers.filter(labelled), minor: powers.filter((value) => !labelled(value)) };
  }
  let major = powers;
  if (major.length < 3) major = times([1, 2, 5]);
  if (major.length < 3) major = linearTicks(low, high, Math.min(most, 5)).filter((v) => v > 0);
  const minor = times([1, 2, 3, 4, 5, 6, 7, 8, 9]).filter((value) => !major.includes(value));
  return { major, minor };
}
