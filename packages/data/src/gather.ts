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
  return {
    tokens: gatherRows(examples.tokens, examples.tokens.length / size, indices),
    labels: gatherRows(examples.labels, examples.labels.length / size, indices),
    size: indices.length,
  };
}

function gatherRows(rows: Int32Array, width: number, indices: Int32Array): Int32Array {
  const gathered = new Int32Array(indices.length * width);
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] as number) * width;
    for (let j = 0; j < width; j++) gathered[i * width + j] = rows[from + j] as number;
  }
  return gathered;
}
