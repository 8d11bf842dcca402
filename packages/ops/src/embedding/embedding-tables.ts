import * as tf from "@tensorflow/tfjs-core";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";

/** The kernels of {@link embeddingTables}. */
export interface EmbeddingTablesKernels<T = tf.Tensor> {
  GrokEmbeddingTables: KernelContract<{ embedding: T; weight: T }, { slots: number }>;
  GrokEmbeddingTablesGrad: KernelContract<{ embedding: T; weight: T; dy: T }, { slots: number }>;
}

const tablesGradient = defineOperation<EmbeddingTablesKernels["GrokEmbeddingTablesGrad"]>({
  name: "GrokEmbeddingTablesGrad",
  reference: ({ embedding, weight, dy }, { slots }) => {
    const [p, d] = embedding.shape as [number, number];
    const h = weight.shape[1] as number;
    const dys = tf.reshape(dy, [slots, p, h]); // [slots, p, h]
    const weights = tf.reshape(weight, [slots, d, h]); // [slots, d, h]
    const dEmbedding = tf.sum(tf.matMul(dys, weights, false, true), 0); // [p, d]
    const embeddings = tf.tile(tf.reshape(embedding, [1, p, d]), [slots, 1, 1]); // [slots, p, d]
    const dWeight = tf.matMul(embeddings, dys, true, false); // [slots, d, h]
    return [dEmbedding, tf.reshape(dWeight, [slots * d, h])];
  },
  multiplyAdds: ({ embedding, weight }) => 2 * (embedding.shape[0] as number) * weight.size,
});

const tablesOperation = defineOperation<EmbeddingTablesKernels["GrokEmbeddingTables"]>({
  name: "GrokEmbeddingTables",
  reference: ({ embedding, weight }, { slots }) => {
    const d = embedding.shape[1] as number;
    const h = weight.shape[1] as number;
    const tables = Array.from({ length: slots }, (_, slot) =>
      tf.matMul(embedding, tf.slice(weight, [slot * d, 0], [d, h])),
    ); // slots × [p, h]
    return [tf.concat(tables, 0)];
  },
  multiplyAdds: ({ embedding, weight }) => (embedding.shape[0] as number) * weight.size,
  saves: { outputs: [] },
  gradient: ([dy], { inputs }, attributes) => {
    const [dEmbedding, dWeight] = tablesGradient({ ...inputs, dy: dy as tf.Tensor }, attributes);
    return { embedding: dEmbedding, weight: dWeight };
  },
});

/**
 * What a first layer on concatenated embeddings gives for each token in each slot, before the sum:
 * row s·p + i is embedding[i] · weight[s·d : (s+1)·d].
 *
 * With `embeddingSum` this is concat(embedding[ids[0]], embedding[ids[1]], …) · weight, at the cost
 * of p rows instead of the batch's.
 *
 * @param embedding [p, d]
 * @param weight [slots·d, h]
 * @returns [slots·p, h]
 * @throws RangeError if the weight's rows are not a multiple of d
 */
export function embeddingTables(embedding: tf.Tensor, weight: tf.Tensor): tf.Tensor2D {
  const d = embedding.shape[1] ?? 0;
  const slots = (weight.shape[0] ?? 0) / d;
  if (embedding.rank !== 2 || weight.rank !== 2 || !Number.isInteger(slots) || slots < 1) {
    throw new RangeError(
      `embeddingTables: embedding [${embedding.shape}] and weight [${weight.shape}] do not fit: the weight has slots·d rows, with d the embedding's width`,
    );
  }
  return tablesOperation({ embedding, weight }, { slots })[0] as tf.Tensor2D;
}
