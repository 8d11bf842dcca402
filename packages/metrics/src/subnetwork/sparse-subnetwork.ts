import { checkMatrix, type Matrix } from "../matrix/matrix";

/** What {@link sparseSubnetwork} takes. */
export interface SparseSubnetworkOptions {
  /** The last hidden activations of all examples, [examples, neurons]. */
  hidden: Matrix;
  /** The weights from those neurons to the answers, [neurons, classes]. */
  weight: Matrix;
  /** The output's biases, [classes]; default none. They stay whatever is pruned. */
  bias?: ArrayLike<number>;
  /** The norm of each neuron's incoming weights, by which neurons are ranked, [neurons]. */
  norms: ArrayLike<number>;
  /** The right class of each example, [examples]. */
  labels: Int32Array;
  /** The examples trained on, as rows. */
  train: Int32Array;
}

/** A network divided into its strongest neurons and the others. */
export interface SparseSubnetwork {
  /** The neurons that are kept, the one of the largest norm first. */
  readonly neurons: Int32Array;
  /** What the kept neurons alone answer to each example, [examples]. */
  readonly sparse: Int32Array;
  /** What the other neurons alone answer, [examples]. */
  readonly rest: Int32Array;
  /** What all neurons together answer, [examples]. */
  readonly full: Int32Array;
}

/**
 * The smallest set of neurons of largest norm that is right on as many training examples as the whole
 * network (Merrill et al. 2023, arXiv 2303.11873, as coded in Tsili42/parity-nn): neurons are ranked by
 * the norm of their incoming weights, and all but the first k have their activations set to 0, for the
 * smallest k that leaves training accuracy exactly what it was. All neurons, if no smaller number does.
 *
 * @throws RangeError if shapes do not fit or numbers are not finite
 *
 * @example
 * const { neurons, sparse, rest } = sparseSubnetwork({ hidden, weight, norms, labels, train });
 */
export function sparseSubnetwork({
  hidden,
  weight,
  bias,
  norms,
  labels,
  train,
}: SparseSubnetworkOptions): SparseSubnetwork {
  checkMatrix(hidden, "the hidden activations", { rows: labels.length });
  checkMatrix(weight, "the weight to the answers", { rows: hidden.columns });
  const { columns: neurons, rows: examples } = hidden;
  const { columns: classes } = weight;
  if (norms.length !== neurons) {
    throw new RangeError(`there must be ${neurons} norms, one per neuron, not ${norms.length}`);
  }
  if (bias !== undefined && bias.length !== classes) {
    throw new RangeError(`there must be ${classes} biases, one per answer, not ${bias.length}`);
  }
  const order = Int32Array.from({ length: neurons }, (_, neuron) => neuron).sort(
    (a, b) => (norms[b] as number) - (norms[a] as number),
  );
  const outputs = () =>
    Float64Array.from({ length: examples * classes }, (_, i) => bias?.[i % classes] ?? 0);
  /** Adds what one neuron contributes to the outputs of some examples. */
  const add = (to: Float64Array, neuron: number, rows: Iterable<number>) => {
    for (const row of rows) {
      const activation = hidden.values[row * neurons + neuron] as number;
      if (activation === 0) continue;
      for (let c = 0; c < classes; c++) {
        const w = weight.values[neuron * classes + c] as number;
        to[row * classes + c] = (to[row * classes + c] as number) + activation * w;
      }
    }
  };
  const all = Int32Array.from({ length: examples }, (_, row) => row);
  const answersOf = (chosen: Int32Array) => {
    const made = outputs();
    for (const neuron of chosen) add(made, neuron, all);
    return all.map((row) => answerOf(made, row, classes));
  };
  const full = answersOf(order);
  const isRight = (answers: ArrayLike<number>, row: number) => answers[row] === labels[row];
  const wanted = train.filter((row) => isRight(full, row)).length;
  const growing = outputs();
  let kept = neurons;
  for (let k = 0; k < neurons - 1; k++) {
    add(growing, order[k] as number, train);
    const right = train.filter((row) => answerOf(growing, row, classes) === labels[row]).length;
    if (right === wanted) {
      kept = k + 1;
      break;
    }
  }
  const strongest = order.slice(0, kept);
  return {
    neurons: strongest,
    sparse: answersOf(strongest),
    rest: answersOf(order.slice(kept)),
    full,
  };
}

/** The class of the largest output of a row; the first of several. */
function answerOf(outputs: Float64Array, row: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    const isMore =
      (outputs[row * classes + c] as number) > (outputs[row * classes + best] as number);
    if (isMore) best = c;
  }
  return best;
}
