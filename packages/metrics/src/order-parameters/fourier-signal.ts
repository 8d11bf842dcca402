import { checkFrequencies } from "../fourier/key-frequencies";
import { fourierSpectrum } from "../fourier/spectrum";
import type { Matrix } from "../matrix/matrix";

/** Settings of {@link fourierSignal}. */
export interface FourierSignalOptions {
  /**
   * Divide the powers by the numbers of frequencies that they are of. A random weight then gives 1
   * however many frequencies count as key, which early in a run are nearly all. Default false.
   */
  perFrequency?: boolean;
}

/**
 * The Fourier signal-to-noise ratio: the power of a weight in the key frequencies over that in the
 * other frequencies. The constant is left out: the mean over the numbers is neither signal nor noise.
 *
 *     Σ_{k key} P_k / Σ_{k other} P_k
 *
 * With K of the ⌊p/2⌋ frequencies a random weight gives about K/(⌊p/2⌋ − K).
 *
 * @param weight [p, d]
 * @param frequencies e.g. `keyFrequencies` of the logits' `sumSpectrum`; those of the weight itself
 *   would be the strongest by choice
 * @returns infinite where nothing is in the others; NaN if there is no power at all, or no
 *   frequency in one of the two of which a mean is asked for
 * @throws RangeError for a frequency that Z_p does not have, or a weight that is not finite
 */
export function fourierSignal(
  weight: Matrix,
  frequencies: readonly number[],
  { perFrequency = false }: FourierSignalOptions = {},
): number {
  const { power } = fourierSpectrum(weight);
  checkFrequencies(frequencies, weight.rows);
  let all = 0;
  for (const part of power.subarray(1)) all += part;
  let signal = 0;
  for (const frequency of frequencies) signal += power[frequency] as number;
  // Without the rounding of what is 0: of all that is not constant, and of what is not key.
  if (all < 1e-26 * (power[0] as number)) return Number.NaN;
  const noise = all - signal;
  const ratio = signal / (noise > 1e-15 * all ? noise : 0);
  const others = power.length - 1 - frequencies.length;
  return perFrequency ? (ratio * others) / frequencies.length : ratio;
}

/**
 * The Fourier signal-to-noise ratio as ChanceSiyuan/grokking codes it: all frequencies over the
 * constant (over what is left, which for even p holds the frequency p/2 as well), averaged over the
 * blocks of W1 that belong to a and to b; a block counts 10⁶ where what is left is below 10⁻¹².
 *
 * It is degenerate: random weights already give p − 1.
 *
 * @param weights each [p, d]
 * @throws RangeError if there is no weight or one is not finite
 */
export function fourierSignalUpstream(...weights: readonly Matrix[]): number {
  if (weights.length === 0) throw new RangeError("the signal-to-noise ratio needs a weight");
  const ratios = weights.map((weight) => {
    const { power } = fourierSpectrum(weight);
    const paired = Math.floor((weight.rows - 1) / 2);
    let signal = 0;
    for (const part of power.subarray(1, paired + 1)) signal += part;
    let noise = power[0] as number;
    for (const part of power.subarray(paired + 1)) noise += part;
    return noise < 1e-12 ? 1e6 : signal / noise;
  });
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}
