import { checkFrequencies, componentsOf, fourierBasis } from "@grok/metrics";
import * as tf from "@tensorflow/tfjs-core";
import type { NamedParameters, Subject } from "./subject";

/** Which frequencies an embedding loses: those listed, or all but those listed and the constant. */
export interface FrequencyCut {
  readonly frequencies: readonly number[];
  /** Whether the listed ones stay and the others go; default false. */
  readonly keep?: boolean;
}

/**
 * The subject's parameters with frequencies taken out of the embedding of its symbols, as a function on
 * the cyclic group: what is left has no part along cos and sin of 2πkx/n.
 *
 * @returns the other parameters as they are; the embedding is a new tensor, which is the caller's
 * @throws RangeError if the task is no addition in a cyclic group, the network has no embedding of its
 *   symbols, or a frequency is none of the group's
 */
export async function withoutFrequencies(
  { network, parameters, group, firstToken = 0 }: Subject,
  { frequencies, keep = false }: FrequencyCut,
): Promise<NamedParameters> {
  const { embedding, words } = network.anatomy;
  if (group === null || group === undefined) {
    throw new RangeError("the task is no addition in a cyclic group, so it has no frequencies");
  }
  if (embedding === null) throw new RangeError(`${words} has no embedding of its symbols`);
  const { order: n, elements } = group;
  checkFrequencies(frequencies, n);
  const named = new Set(frequencies.flatMap((frequency) => componentsOf(frequency, n)));
  const lost = Array.from({ length: n }, (_, component) => component).filter(
    (component) => component > 0 && named.has(component) !== keep,
  );
  const table = parameters[embedding.parameter];
  if (table === undefined) throw new RangeError(`there is no parameter ${embedding.parameter}`);
  const columns = table.shape[1] as number;
  const values = Float32Array.from(await table.data());
  const basis = fourierBasis(n).values; // [n, n]
  const symbols = values.length / columns / embedding.blocks;
  for (let block = 0; block < embedding.blocks; block++) {
    const first = embedding.blocks === 1 ? firstToken : block * symbols;
    const place = (x: number) => (first + (elements[x] as number)) * columns;
    for (let column = 0; column < columns; column++) {
      const own = Float64Array.from({ length: n }, (_, x) => values[place(x) + column] as number);
      for (const component of lost) {
        const wave = basis.subarray(component * n, (component + 1) * n);
        const along = own.reduce((sum, value, x) => sum + value * (wave[x] as number), 0);
        for (let x = 0; x < n; x++) {
          const at = place(x) + column;
          values[at] = (values[at] as number) - along * (wave[x] as number);
        }
      }
    }
  }
  return { ...parameters, [embedding.parameter]: tf.tensor(values, table.shape) };
}
