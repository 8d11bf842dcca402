import * as tf from "@tensorflow/tfjs-core";
import {
  activationGradientReference,
  activationReference,
  checkActivation,
  savesPreactivation,
} from "../activation/activation";
import type { ActivationKind } from "../activation/activation-kind";
import { checkIndices } from "../index-range";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";
import { segmentSumReference } from "./segment-sum";

/** Settings of {@link embeddingSum}. */
export interface EmbeddingSumOptions {
  /** Applied to the scaled sum; default `none`. */
  activation?: ActivationKind;
  /** Factor on the sum before the activation; default 1. */
  scale?: number;
}

type SumAttributes = { activation: ActivationKind; scale: number; rows: number };

/** The kernels of {@link embeddingSum}. */
export interface EmbeddingSumKernels<T = tf.Tensor> {
  GrokEmbeddingSum: KernelContract<{ table: T; ids: T; bias?: T | undefined }, SumAttributes>;
  GrokEmbeddingSumGrad: KernelContract<
    { dy: T; ids: T; at?: T | undefined },
    SumAttributes & { hasBias: boolean }
  >;
}

const sumGradient = defineOperation<EmbeddingSumKernels["GrokEmbeddingSumGrad"]>({
  name: "GrokEmbeddingSumGrad",
  reference: ({ dy, ids, at }, { activation, scale, rows, hasBias }) => {
    const dz =
      activation === "none" ? dy : activationGradientReference(dy, at as tf.Tensor, activation);
    const dSum = tf.mul(dz, scale); // [n, h]
    const slots = ids.shape[1] as number;
    const dTable = tf.addN(
      Array.from({ length: slots }, (_, slot) =>
        segmentSumReference(dSum, slotIds(ids, slot), rows),
      ),
    ); // [rows, h]
    return hasBias ? [dTable, tf.sum(dSum, 0)] : [dTable];
  },
});

const sumOperation = defineOperation<EmbeddingSumKernels["GrokEmbeddingSum"]>({
  name: "GrokEmbeddingSum",
  reference: ({ table, ids, bias }, { activation, scale }) => {
    const slots = ids.shape[1] as number;
    let sum: tf.Tensor = tf.addN(
      Array.from({ length: slots }, (_, slot) => tf.gather(table, slotIds(ids, slot))),
    ); // [n, h]
    if (bias !== undefined) sum = tf.add(sum, bias); // [n, h]
    const at = tf.mul(sum, scale); // [n, h]
    const y = activationReference(at, activation); // [n, h]
    return savesPreactivation(activation) ? [y, at] : [y];
  },
  visible: 1,
  saves: { inputs: ["ids"] },
  gradient: ([dy], { inputs: { ids }, outputs, has }, attributes) => {
    const at = attributes.activation === "none" ? undefined : outputs.at(-1);
    const [dTable, dBias] = sumGradient(
      { dy: dy as tf.Tensor, ids, at },
      { ...attributes, hasBias: has("bias") },
    );
    return { table: dTable, bias: dBias };
  },
});

/**
 * Sums rows of a table, one for each slot: activation(scale·(Σ_s table[ids[i, s]] + bias)).
 *
 * This is a first layer on one-hot inputs (the table is its weight), or, on `embeddingTables`, one
 * on concatenated embeddings.
 *
 * @param table [rows, h]
 * @param ids int32 [n, slots], each in 0..rows−1
 * @param bias [h], or undefined for none
 * @returns [n, h]
 * @throws TypeError if ids are not int32, RangeError if the shapes do not fit or an
 *   id names no row
 */
export function embeddingSum(
  table: tf.Tensor,
  ids: tf.Tensor,
  bias?: tf.Tensor,
  { activation = "none", scale = 1 }: EmbeddingSumOptions = {},
): tf.Tensor2D {
  checkActivation(activation);
  if (ids.dtype !== "int32") {
    throw new TypeError(`embeddingSum: ids must be int32, not ${ids.dtype}`);
  }
  if (table.rank !== 2 || ids.rank !== 2 || (bias && bias.shape[0] !== table.shape[1])) {
    throw new RangeError(
      `embeddingSum: table [${table.shape}], ids [${ids.shape}] and bias [${bias?.shape ?? ""}] do not fit: they are [rows, h], [n, slots] and [h]`,
    );
  }
  const rows = table.shape[0] as number;
  checkIndices("embeddingSum", "ids", ids, rows, "row of the table");
  return sumOperation({ table, ids, bias }, { activation, scale, rows })[0] as tf.Tensor2D;
}

function slotIds(ids: tf.Tensor, slot: number): tf.Tensor1D {
  const n = ids.shape[0] as number;
  return tf.reshape(tf.slice(ids, [0, slot], [n, 1]), [n]);
}
