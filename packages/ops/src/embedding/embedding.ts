import * as tf from "@tensorflow/tfjs-core";
import { checkIndices } from "../index-range";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";
import { segmentSumReference } from "./segment-sum";

/** The kernels of {@link embedding}. */
export interface EmbeddingKernels<T = tf.Tensor> {
  GrokEmbedding: KernelContract<{ table: T; ids: T }, { rows: number }>;
  GrokEmbeddingGrad: KernelContract<{ dy: T; ids: T }, { rows: number }>;
}

const embeddingGradient = defineOperation<EmbeddingKernels["GrokEmbeddingGrad"]>({
  name: "GrokEmbeddingGrad",
  reference: ({ dy, ids }, { rows }) => [segmentSumReference(dy, ids, rows)],
});

const embeddingOperation = defineOperation<EmbeddingKernels["GrokEmbedding"]>({
  name: "GrokEmbedding",
  reference: ({ table, ids }) => [tf.gather(table, ids as tf.Tensor1D)],
  saves: { inputs: ["ids"], outputs: [] },
  gradient: ([dy], { inputs }, attributes) => ({
    table: embeddingGradient({ dy: dy as tf.Tensor, ids: inputs.ids }, attributes)[0],
  }),
});

/**
 * Rows of a table: y[i] = table[ids[i]]. Its gradient adds up the rows that share an id.
 *
 * @param table [rows, width]
 * @param ids int32 [n], each in 0..rows−1
 * @returns [n, width]
 * @throws TypeError if ids are not int32, RangeError if a rank is wrong or an id names no row
 */
export function embedding(table: tf.Tensor, ids: tf.Tensor): tf.Tensor2D {
  if (ids.dtype !== "int32") {
    throw new TypeError(`embedding: ids must be int32, not ${ids.dtype}`);
  }
  if (table.rank !== 2 || ids.rank !== 1) {
    throw new RangeError(
      `embedding: table [${table.shape}] and ids [${ids.shape}] do not fit: the table is [rows, width] and ids [n]`,
    );
  }
  const rows = table.shape[0] as number;
  checkIndices("embedding", "ids", ids, rows, "row of the table");
  return embeddingOperation({ table, ids }, { rows })[0] as tf.Tensor2D;
}
