import { checkMatrix, type Matrix, zeroMatrix } from "../matrix/matrix";
import { innerProduct } from "../matrix/product";
import { componentsOf, fourierBasis, highestFrequency } from "./basis";
import { transformColumns } from "./transform";

/** The frequency that each neuron computes with. */
export interface NeuronFrequencies {
  /** Per neuron 1 … ⌊n/2⌋, or 0 where the neuron is constant: [neurons]. */
  readonly frequencies: Int32Array;
  /** The share of the neuron's variance over pairs that its frequency explains: [neurons]. */
  readonly explained: Float64Array;
}

/**
 * For each neuron the frequency that explains most of it (Nanda et al. 2023): of the variance of its
 * activation over all (x, y) the share that lies in the eight components of a frequency k, which
 * are cos and sin of w_k x, of w_k y, and their four products.
 *
 * The union over neurons is the paper's set of key frequencies. Unlike in its code a neuron that
 * never changes counts for none.
 *
 * @param activations [n·n, neurons], the pairs in the order x·n + y
 * @throws RangeError if the activations do not have n² rows or are not finite
 *
 * @example
 * const { frequencies, explained } = neuronFrequencies(activations, 113);
 */
export function neuronFrequencies(activations: Matrix, n: number): NeuronFrequencies {
  checkMatrix(activations, "the activations", { rows: n * n });
  const neurons = activations.columns;
  const frequencies = new Int32Array(neurons);
  const explained = new Float64Array(neurons);
  const values = zeroMatrix(n, n);
  const basis = fourierBasis(n);
  for (let neuron = 0; neuron < neurons; neuron++) {
    for (let x = 0; x < n; x++) {
      for (let y = 0; y < n; y++) {
        // Transposed, as the transform runs along rows: [y, x].
        values.values[y * n + x] = activations.values[(x * n + y) * neurons + neuron] as number;
      }
    }
    const shares = sharesByFrequency(values, basis);
    for (const [frequency, share] of shares.entries()) {
      if (share > (explained[neuron] as number)) {
        explained[neuron] = share;
        frequencies[neuron] = frequency;
      }
    }
  }
  return { frequencies, explained };
}

/**
 * The distinct frequencies of neurons, rising.
 *
 * @param leastExplained neurons of which the frequency explains less are not counted; default 0, as
 *   in the code of Nanda et al., which from .85 on calls a neuron well explained
 * @throws RangeError if the two lists differ in length or a share is not finite
 */
export function neuronKeyFrequencies(
  { frequencies, explained }: NeuronFrequencies,
  leastExplained = 0,
): number[] {
  if (frequencies.length !== explained.length) {
    throw new RangeError(
      `${frequencies.length} neurons' frequencies need as many shares explained, not ${explained.length}`,
    );
  }
  const wrong = explained.findIndex((share) => !Number.isFinite(share));
  if (wrong >= 0)
    throw new RangeError(`neuron ${wrong} has the share explained ${explained[wrong]}`);
  const counted = frequencies.filter(
    (frequency, neuron) => frequency > 0 && (explained[neuron] as number) >= leastExplained,
  );
  return [...new Set(counted)].sort((a, b) => a - b);
}

/** The share of each frequency in a function of (y, x), 0 for the constant. */
function sharesByFrequency(values: Matrix, basis: Matrix): Float64Array {
  const n = values.rows;
  const alongY = transformColumns(values).values; // [component of y, x]
  const power = (ofX: number, ofY: number) =>
    innerProduct(
      alongY.subarray(ofY * n, (ofY + 1) * n),
      basis.values.subarray(ofX * n, (ofX + 1) * n),
    ) ** 2;
  const total = innerProduct(values.values, values.values);
  const variance = total - power(0, 0);
  const shares = new Float64Array(highestFrequency(n) + 1);
  if (!(variance > 1e-12 * total)) return shares;
  for (let frequency = 1; frequency < shares.length; frequency++) {
    const components = componentsOf(frequency, n);
    let explained = 0;
    for (const i of components) {
      explained += power(i, 0) + power(0, i);
      for (const j of components) explained += power(i, j);
    }
    shares[frequency] = explained / variance;
  }
  return shares;
}
