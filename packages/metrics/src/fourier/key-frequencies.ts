/** Settings of {@link keyFrequencies}. */
export interface KeyFrequenciesOptions {
  /**
   * The share of the power, the constant left out, that the key frequencies hold at least; default
   * .95 (ours: at the end of training the five of Nanda et al. 2023 hold nearly all of it).
   */
  share?: number;
}

/**
 * The fewest frequencies that together hold a share of the power, the constant left out.
 *
 * A network that adds by trigonometry has a handful, one that has not learned needs nearly all, so
 * their number is itself a measure of progress. The paper takes each neuron's best frequency
 * instead, which needs the neurons: see `neuronFrequencies`.
 *
 * @param power per frequency, 0 for the constant, as `fourierSpectrum` or `sumSpectrum` gives it
 * @returns rising; none if there is no power
 * @throws RangeError if the share is not in (0, 1], or a power is negative or not finite
 *
 * @example
 * keyFrequencies([9, 4, 0.1, 5]); // [1, 3]
 */
export function keyFrequencies(
  power: ArrayLike<number>,
  { share = 0.95 }: KeyFrequenciesOptions = {},
): number[] {
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`the key frequencies' share must be in (0, 1], not ${share}`);
  }
  const frequencies: { frequency: number; power: number }[] = [];
  let total = 0;
  for (let frequency = 1; frequency < power.length; frequency++) {
    const here = power[frequency] as number;
    if (!(here >= 0 && here < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`frequency ${frequency} has the power ${here}: it must be from 0 up`);
    }
    frequencies.push({ frequency, power: here });
    total += here;
  }
  frequencies.sort((a, b) => b.power - a.power || a.frequency - b.frequency);
  const keys: number[] = [];
  let held = 0;
  for (const { frequency, power: here } of frequencies) {
    // Rounding must not ask for one more when the share is all but held.
    if (total === 0 || held >= share * total * (1 - 1e-12) || here === 0) break;
    keys.push(frequency);
    held += here;
  }
  return keys.sort((a, b) => a - b);
}

/** Throws a RangeError unless all are distinct frequencies of Z_n, 1 … ⌊n/2⌋. */
export function checkFrequencies(frequencies: readonly number[], n: number): void {
  const highest = Math.floor(n / 2);
  for (const frequency of frequencies) {
    if (!(Number.isInteger(frequency) && frequency >= 1 && frequency <= highest)) {
      throw new RangeError(`${frequency} is no frequency of Z_${n}: allowed are 1 … ${highest}`);
    }
  }
  if (new Set(frequencies).size !== frequencies.length) {
    throw new RangeError(`the frequencies ${frequencies.join(", ")} have one twice`);
  }
}
