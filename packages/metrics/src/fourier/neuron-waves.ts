import { checkMatrix, type Matrix } from "../matrix/matrix";
import { componentsOf, highestFrequency } from "./basis";
import { transformColumns } from "./transform";

/** The waves that the weights of neurons are made of, one entry per neuron. */
export interface NeuronWaves {
  /** The frequency with the most power, the constant left out, 1 … ⌊n/2⌋: [neurons]. */
  readonly frequencies: Int32Array;
  /** The share of the power that it has, the constant left out; 0 if nothing varies: [neurons]. */
  readonly shares: Float64Array;
  /** Power of each frequency, [neurons][⌊n/2⌋ + 1]; 0 is the constant. */
  readonly power: readonly Float64Array[];
  /** φ of a frequency's part, which is A·cos(2πkx/n + φ); from −π to π. */
  readonly phase: (neuron: number, frequency: number) => number;
}

/**
 * The Fourier transform of each neuron's weight on its own (Gromov 2023): a neuron that computes with
 * one frequency has all its power there.
 *
 * @param weight [n, neurons], a neuron's weight of each element of Z_n; elements in the order of the
 *   group's exponents
 * @throws RangeError if the weight has fewer than three rows or is not finite
 *
 * @example
 * const { frequencies, shares } = neuronWaves(firstBlock); // of W1 [2p, N] the rows of a
 */
export function neuronWaves(weight: Matrix): NeuronWaves {
  checkMatrix(weight, "the weight");
  const { rows: n, columns: neurons } = weight;
  if (n < 3) throw new RangeError("the waves of neurons need a weight of at least three rows");
  const { values } = transformColumns(weight);
  const part = (component: number, neuron: number) =>
    values[component * neurons + neuron] as number;
  const count = highestFrequency(n) + 1;
  const power = Array.from({ length: neurons }, (_, neuron) =>
    Float64Array.from({ length: count }, (__, frequency) =>
      componentsOf(frequency, n).reduce((sum, i) => sum + part(i, neuron) ** 2, 0),
    ),
  );
  const strongest = power.map(strongestOf);
  return {
    frequencies: Int32Array.from(strongest, ({ frequency }) => frequency),
    shares: Float64Array.from(strongest, ({ share }) => share),
    power,
    phase: (neuron, frequency) => {
      const [cosine, sine] = componentsOf(frequency, n) as [number, number | undefined];
      return Math.atan2(sine === undefined ? 0 : -part(sine, neuron), part(cosine, neuron));
    },
  };
}

/** The frequency with the most power, the constant left out, and its share; 0 if there is no power. */
function strongestOf(power: Float64Array): { frequency: number; share: number } {
  let frequency = 1;
  let total = 0;
  for (let k = 1; k < power.length; k++) {
    total += power[k] as number;
    if ((power[k] as number) > (power[frequency] as number)) frequency = k;
  }
  return { frequency, share: total > 0 ? (power[frequency] as number) / total : 0 };
}

/**
 * The inverse participation ratio of a neuron's weight, Σ_k (|x_k|²/Σ|x|²)², x the n/2 + 1 complex
 * Fourier coefficients, the constant among them (Gromov 2023, Doshi et al. 2023, r = 2): 1 if one
 * frequency holds everything, 2/(n + 1) if all hold alike.
 *
 * @param power of a neuron, as {@link neuronWaves} gives it: [⌊n/2⌋ + 1]
 * @returns NaN if there is no power at all
 * @throws RangeError if a power is negative or not finite
 */
export function inverseParticipation(power: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let k = 0; k < power.length; k++) {
    if (!((power[k] as number) >= 0 && Number.isFinite(power[k]))) {
      throw new RangeError(`power ${k} is ${power[k]}: powers are finite numbers of at least 0`);
    }
    // Cosine and sine together have twice the power of the one complex coefficient.
    const own = (power[k] as number) * (k === 0 ? 2 : 1);
    sum += own;
    squares += own ** 2;
  }
  return squares / sum ** 2;
}

/**
 * The mean {@link inverseParticipation} of each neuron over some of its weights, by which Doshi et al.
 * (2023) tell neurons that generalise from those that memorise.
 *
 * @param weights as {@link neuronWaves} takes them, all with the same neurons; at least one
 * @returns [neurons]; NaN for a neuron that has a weight without any power
 * @throws RangeError if there is no weight, or the weights differ in their neurons, or are not finite
 */
export function neuronParticipation(weights: readonly Matrix[]): Float64Array {
  const [first] = weights;
  if (first === undefined) throw new RangeError("neurons need at least one weight");
  const odd = weights.find(({ columns }) => columns !== first.columns);
  if (odd !== undefined) {
    throw new RangeError(`the weights are of ${first.columns} and of ${odd.columns} neurons`);
  }
  const ratios = weights.map((weight) => neuronWaves(weight).power.map(inverseParticipation));
  return Float64Array.from(
    { length: first.columns },
    (_, neuron) => ratios.reduce((sum, own) => sum + (own[neuron] as number), 0) / ratios.length,
  );
}

/** A neuron that sees a and b, and adds to the logits of c. */
export interface AddingNeuron {
  /** The frequency with the most power over its three weights, each taken with the same total. */
  readonly frequency: number;
  /** The mean share of that frequency over its three weights. */
  readonly share: number;
  /** Phases of the weights from a and b and to c, in radians. */
  readonly phases: readonly [a: number, b: number, c: number];
  /** The mean share of every frequency, the constant left out: [⌊n/2⌋ + 1], the first of them 0. */
  readonly shares: Float64Array;
  /** The phases at any frequency. */
  readonly phasesAt: (frequency: number) => readonly [a: number, b: number, c: number];
}

/**
 * Frequency and phases of each hidden neuron of an MLP on two operands. The analytic solution
 * (Gromov 2023) has one frequency throughout and φ_a + φ_b = φ_c.
 *
 * @param weights from a, from b [n, neurons], and to c [n, neurons]
 * @throws RangeError if the weights differ in shape or are not finite
 */
export function addingNeurons(
  weights: readonly [a: Matrix, b: Matrix, c: Matrix],
): readonly AddingNeuron[] {
  const [first] = weights;
  for (const { rows, columns } of weights) {
    if (rows !== first.rows || columns !== first.columns) {
      throw new RangeError(
        `the weights of neurons differ in shape: ${first.rows} × ${first.columns} and ${rows} × ${columns}`,
      );
    }
  }
  const waves = weights.map(neuronWaves) as [NeuronWaves, NeuronWaves, NeuronWaves];
  return Array.from({ length: first.columns }, (_, neuron) => {
    const shares = waves.map(({ power }) => shareOf(power[neuron] as Float64Array));
    const mean = (shares[0] as Float64Array).map(
      (__, k) => shares.reduce((sum, each) => sum + (each[k] as number), 0) / shares.length,
    );
    const { frequency } = strongestOf(mean);
    const phasesAt = (k: number) =>
      waves.map(({ phase }) => phase(neuron, k)) as [number, number, number];
    return {
      frequency,
      share: mean[frequency] as number,
      phases: phasesAt(frequency),
      shares: mean,
      phasesAt,
    };
  });
}

/** Powers as shares of all but the constant, which is 0 then. */
function shareOf(power: Float64Array): Float64Array {
  const total = power.subarray(1).reduce((sum, own) => sum + own, 0);
  return power.map((own, k) => (k === 0 || total === 0 ? 0 : own / total));
}
