import { ablate } from "./ablate";
import { type Component, componentsOf } from "./component";
import { type SubjectScore, scoreSubject } from "./score";
import type { Subject } from "./subject";

/** How a network answers without some of a layer's neurons. */
export interface PrunedRow {
  /** How many neurons are taken out. */
  readonly pruned: number;
  readonly score: SubjectScore;
}

/** Settings of {@link pruneNeurons}. */
export interface PruneOptions {
  /** Which neurons go first: those of the lowest values, or of the highest; default lowest. */
  first?: "lowest" | "highest";
  /** Shares of the neurons to take out, from 0 to 1; default 0, .1, … 1. */
  shares?: readonly number[];
}

/**
 * How a network answers as more and more neurons of a layer are taken out, in the order of some value of
 * each, without training it again. By the inverse participation ratio of their weights, neurons that go
 * from the lowest up are those that memorise, and from the highest down those that generalise (Doshi et
 * al. 2023, arXiv 2310.13061).
 *
 * @param values of each neuron, [neurons]; equal ones go in their order
 * @returns a row for each share, in the order given
 * @throws RangeError for a layer that there is not, values that are not one finite number for each neuron,
 *   or a share that is not from 0 to 1
 *
 * @example
 * const rows = await pruneNeurons(subject, 0, ratios, { first: "highest", shares: [0, 0.5] });
 */
export async function pruneNeurons(
  subject: Subject,
  layer: number,
  values: ArrayLike<number>,
  { first = "lowest", shares = tenths }: PruneOptions = {},
): Promise<PrunedRow[]> {
  const { neurons } = componentsOf(subject.network);
  const count = neurons[layer];
  if (count === undefined) {
    throw new RangeError(
      `layer ${layer} has no neurons: the network has ${neurons.length} layers of them, from 0`,
    );
  }
  const list = Array.from(values);
  if (list.length !== count || !list.every(Number.isFinite)) {
    throw new RangeError(
      `values must be ${count} finite numbers, one for each neuron of layer ${layer}; there are ${list.filter(Number.isFinite).length}`,
    );
  }
  const wrong = shares.find((share) => !(share >= 0 && share <= 1));
  if (wrong !== undefined) throw new RangeError(`shares has ${wrong}; each is from 0 to 1`);
  const sign = first === "lowest" ? 1 : -1;
  const order = [...list.keys()].sort(
    (a, b) => sign * ((list[a] as number) - (list[b] as number)) || a - b,
  );
  const rows: PrunedRow[] = [];
  for (const share of shares) {
    const pruned = Math.round(share * count);
    const lost = order
      .slice(0, pruned)
      .map((neuron): Component => ({ kind: "neuron", layer, neuron }));
    const score = pruned === 0 ? await scoreSubject(subject) : await ablate(subject, lost);
    rows.push({ pruned, score });
  }
  return rows;
}

const tenths = Array.from({ length: 11 }, (_, i) => i / 10);
