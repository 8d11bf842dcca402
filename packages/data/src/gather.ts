import type { Batch } from "./task/task";

/**
 * The examples at `indices`, in that order; an index may occur more than once.
 *
 * @throws RangeError if an index is not in 0 … size−1
 */
export function gather(examples: Batch, indices: Int32Array): Batch {
  const { size } = examples;
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (index < 0 || index >= size) {
      throw new RangeError(`Example ${index} is asked for, but there are ${size}, from 0.`);
    }
  }
  const { tokens, features, labels, targets } = examples;
  return {
    tokens: gatherRows(tokens, new Int32Array(wanted(tokens, size, indices)), indices),
    features: gatherRows(features, new Float32Array(wanted(features, size, indices)), indices),
    labels: gatherRows(labels, new Int32Array(wanted(labels, size, indices)), indices),
    targets: gatherRows(targets, new Float32Array(wanted(targets, size, indices)), indices),
    size: indices.length,
  };
}

/** The examples from row `from` up to row `to`, as views of the same memory. */
export function rowsOf(examples: Batch, from: number, to: number): Batch {
  const { tokens, features, labels, targets, size } = examples;
  const part = <A extends Int32Array | Float32Array>(rows: A): A => {
    const width = rows.length / size;
    return rows.subarray(from * width, to * width) as A;
  };
  return {
    tokens: part(tokens),
    features: part(features),
    labels: part(labels),
    targets: part(targets),
    size: Math.max(0, Math.min(to, size) - from),
  };
}

/** How many numbers the gathered rows have. */
function wanted({ length }: ArrayLike<number>, size: number, indices: Int32Array): number {
  return (length / size) * indices.length;
}

function gatherRows<A extends Int32Array | Float32Array>(
  rows: A,
  gathered: A,
  indices: Int32Array,
): A {
  const width = gathered.length / indices.length;
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] as number) * width;
    for (let j = 0; j < width; j++) gathered[i * width + j] = rows[from + j] as number;
  }
  return gathered;
}
