import * as tf from "@tensorflow/tfjs-core";
import { segmentSumReference } from "../embedding/segment-sum";
import { integersOf } from "../index-range";
import type { KernelContract } from "../operation/definition";
import { defineOperation } from "../operation/operation";
import { checkPlaces } from "./check-places";
import { rotaryAngles, rotate } from "./rotary";

/** Settings of {@link attention}. */
export interface AttentionOptions {
  /** How many heads the width is divided among. */
  heads: number;
  /** Base of the rotary positions' wavelengths (Su et al. 2021: 10⁴; MLX: 10⁶); none by default. */
  rotaryBase?: number;
}

type AttentionInputs<T = tf.Tensor> = Record<"q" | "k" | "v" | "queries" | "keyRows", T>;
/** `rotaryBase` is 0 without rotary positions. */
type AttentionAttributes = { heads: number; rotaryBase: number };

/** The kernels of {@link attention} and {@link attentionWeights}. */
export interface AttentionKernels<T = tf.Tensor> {
  GrokAttention: KernelContract<AttentionInputs<T>, AttentionAttributes>;
  /** `y` and `state` are what the backend's own `GrokAttention` gave. */
  GrokAttentionGrad: KernelContract<
    AttentionInputs<T> & Record<"y" | "state" | "dy", T>,
    AttentionAttributes
  >;
  GrokAttentionWeights: KernelContract<Omit<AttentionInputs<T>, "v">, AttentionAttributes>;
}

/** What forward and backward both start from; shapes in terms of n queries and h heads of width e. */
interface Gathered {
  q: tf.Tensor; // [n, 1, h, e], turned
  k: tf.Tensor; // [n, depth, h, e], turned
  v: tf.Tensor; // [n, depth, h, e]
  present: tf.Tensor; // [n, depth, 1], 1 where there is a key
  rows: tf.Tensor1D; // [n], rows of q
  keys: tf.Tensor1D; // [n·depth], rows of k and v, 0 if there is no key
  turn?: Turn;
}

interface Turn {
  query: [cos: tf.Tensor, sin: tf.Tensor]; // [n, 1, 1, e/2]
  key: [cos: tf.Tensor, sin: tf.Tensor]; // [1, depth, 1, e/2]
}

function gatherAll(inputs: AttentionInputs, { heads, rotaryBase }: AttentionAttributes): Gathered {
  const n = inputs.queries.shape[0] as number;
  const depth = inputs.keyRows.shape[1] as number;
  const width = inputs.q.shape[1] as number;
  const e = width / heads;
  const [rows, lists, counts] = tf.unstack(inputs.queries, 1) as [
    tf.Tensor1D,
    tf.Tensor1D,
    tf.Tensor1D,
  ]; // [n] each
  const positions = tf.range(0, depth, 1, "int32"); // [depth]
  const isKey = tf.less(tf.expandDims(positions, 0), tf.expandDims(counts, 1)); // [n, depth]
  const present = tf.cast(isKey, "float32"); // [n, depth]
  const listed = tf.mul(tf.gather(inputs.keyRows, lists), tf.cast(isKey, "int32")); // [n, depth]
  const keys = tf.reshape(listed, [n * depth]) as tf.Tensor1D; // [n·depth]
  let q = tf.reshape(tf.gather(inputs.q, rows), [n, 1, heads, e]);
  let k = tf.reshape(tf.gather(inputs.k, keys), [n, depth, heads, e]);
  const v = tf.reshape(tf.gather(inputs.v, keys), [n, depth, heads, e]);
  let turn: Turn | undefined;
  if (rotaryBase > 0) {
    const angles = rotaryAngles(depth, e, rotaryBase);
    const cos = tf.tensor2d(angles.cos, [depth, e / 2]); // [depth, e/2]
    const sin = tf.tensor2d(angles.sin, [depth, e / 2]); // [depth, e/2]
    const position = tf.sub(counts, tf.scalar(1, "int32")) as tf.Tensor1D; // [n]
    const onQuery = (t: tf.Tensor) => tf.reshape(tf.gather(t, position), [n, 1, 1, e / 2]);
    const onKey = (t: tf.Tensor) => tf.reshape(t, [1, depth, 1, e / 2]);
    turn = { query: [onQuery(cos), onQuery(sin)], key: [onKey(cos), onKey(sin)] };
    q = rotate(q, ...turn.query);
    k = rotate(k, ...turn.key);
  }
  return { q, k, v, present: tf.reshape(present, [n, depth, 1]), rows, keys, turn };
}

const attentionGradient = defineOperation<AttentionKernels["GrokAttentionGrad"]>({
  name: "GrokAttentionGrad",
  reference: (inputs, attributes) => {
    const n = inputs.queries.shape[0] as number;
    const depth = inputs.keyRows.shape[1] as number;
    const width = inputs.q.shape[1] as number;
    const e = width / attributes.heads;
    const { q, k, v, rows, keys, turn } = gatherAll(inputs, attributes);
    const weights = tf.transpose(inputs.state, [0, 2, 1]); // [n, depth, h]
    const dy = tf.reshape(inputs.dy, [n, 1, attributes.heads, e]); // [n, 1, h, e]
    const dWeights = tf.sum(tf.mul(dy, v), 3); // [n, depth, h]
    const mean = tf.sum(tf.mul(weights, dWeights), 1, true); // [n, 1, h]
    const dScores = tf.mul(tf.mul(weights, tf.sub(dWeights, mean)), e ** -0.5); // [n, depth, h]
    const spread = tf.expandDims(dScores, 3); // [n, depth, h, 1]
    let dq = tf.sum(tf.mul(spread, k), 1, true) as tf.Tensor; // [n, 1, h, e]
    let dk = tf.mul(spread, q) as tf.Tensor; // [n, depth, h, e]
    if (turn) {
      dq = rotate(dq, turn.query[0], tf.neg(turn.query[1]));
      dk = rotate(dk, turn.key[0], tf.neg(turn.key[1]));
    }
    const dv = tf.mul(tf.expandDims(weights, 3), dy); // [n, depth, h, e]
    // Where there is no key the weight is 0, and so are dk and dv: adding them to row 0 is harmless.
    const toRows = (d: tf.Tensor, count: number) =>
      segmentSumReference(tf.reshape(d, [n * depth, width]), keys, count);
    return [
      segmentSumReference(tf.reshape(dq, [n, width]), rows, inputs.q.shape[0] as number),
      toRows(dk, inputs.k.shape[0] as number),
      toRows(dv, inputs.v.shape[0] as number),
    ];
  },
  // Of weights and values, of queries and of keys.
  multiplyAdds: (inputs) => 4 * pairsOf(inputs) * (inputs.q.shape[1] as number),
});

/** y [n, d], and the weights [n, h, depth]. */
function attend(
  inputs: AttentionInputs,
  attributes: AttentionAttributes,
): [y: tf.Tensor, weights: tf.Tensor] {
  const n = inputs.queries.shape[0] as number;
  const width = inputs.q.shape[1] as number;
  const e = width / attributes.heads;
  const { q, k, v, present } = gatherAll(inputs, attributes);
  const products = tf.mul(tf.sum(tf.mul(q, k), 3), e ** -0.5); // [n, depth, h]
  const scores = tf.sub(products, tf.mul(tf.sub(1, present), 1e30)); // [n, depth, h]
  const exponents = tf.exp(tf.sub(scores, tf.max(scores, 1, true))); // [n, depth, h]
  const weights = tf.div(exponents, tf.sum(exponents, 1, true)); // [n, depth, h]
  const y = tf.sum(tf.mul(tf.expandDims(weights, 3), v), 1); // [n, h, e]
  return [tf.reshape(y, [n, width]), tf.transpose(weights, [0, 2, 1])];
}

/**
 * Gives y, and what the same backend's `GrokAttentionGrad` needs besides: the reference form's are the
 * weights, but a kernel may have no use for them.
 */
const attentionOperation = defineOperation<AttentionKernels["GrokAttention"]>({
  name: "GrokAttention",
  reference: attend,
  visible: 1,
  // Scores, and sums of values.
  multiplyAdds: (inputs) => 2 * pairsOf(inputs) * (inputs.q.shape[1] as number),
  gradient: ([dy], { inputs, outputs: [y, state] }, attributes) => {
    const [dq, dk, dv] = attentionGradient(
      { ...inputs, y: y as tf.Tensor, state: state as tf.Tensor, dy: dy as tf.Tensor },
      attributes,
    );
    return { q: dq, k: dk, v: dv };
  },
});

const attentionWeightsOperation = defineOperation<AttentionKernels["GrokAttentionWeights"]>({
  name: "GrokAttentionWeights",
  reference: (inputs, attributes) => [attend({ ...inputs, v: inputs.k }, attributes)[1]],
  multiplyAdds: (inputs) => pairsOf(inputs) * (inputs.q.shape[1] as number),
});

/** Pairs of a query and a key; where the counts are out of reach, as if each list were used whole. */
function pairsOf({ queries, keyRows }: Pick<AttentionInputs, "queries" | "keyRows">): number {
  const numbers = integersOf(queries);
  const n = queries.shape[0] as number;
  if (numbers === undefined) return n * (keyRows.shape[1] as number);
  let pairs = 0;
  for (let i = 2; i < numbers.length; i += 3) pairs += numbers[i] as number;
  return pairs;
}

function checkShapes(inputs: AttentionInputs, { heads, rotaryBase }: AttentionAttributes): void {
  const { q, k, v, queries, keyRows } = inputs;
  const width = q.shape[1] ?? 0;
  if (queries.dtype !== "int32" || keyRows.dtype !== "int32") {
    throw new TypeError(
      `attention: queries and keyRows must be int32, not ${queries.dtype} and ${keyRows.dtype}`,
    );
  }
  if (k.shape[1] !== width || v.shape.join() !== k.shape.join() || q.rank !== 2) {
    throw new RangeError(
      `attention: q [${q.shape}], k [${k.shape}] and v [${v.shape}] do not fit: they are [nq, d], [nk, d] and [nk, d]`,
    );
  }
  if (keyRows.rank !== 2 || queries.rank !== 2 || queries.shape[1] !== 3) {
    throw new RangeError(
      `attention: queries [${queries.shape}] and keyRows [${keyRows.shape}] do not fit: they are [n, 3] and [lists, depth]`,
    );
  }
  if (!Number.isInteger(width / heads) || heads < 1) {
    throw new RangeError(`attention: a width of ${width} does not divide among ${heads} heads`);
  }
  if (rotaryBase > 0 && (width / heads) % 2 !== 0) {
    throw new RangeError(
      `attention: rotary positions need heads of even width, not of ${width / heads}`,
    );
  }
}

/**
 * Causal attention on rows that sequences may share (Vaswani et al. 2017).
 *
 * Query i is the three numbers queries[i] = (row of q, list, count): its key and value at position j
 * are row keyRows[list, j] of k and v, for j below count, and its own position is that of its last
 * key. Per head of width e, y_i = Σ_j w_ij·v_j with w_i = softmax_j(q_i·k_j/√e); with `rotaryBase`,
 * q_i and k_j are first turned by their positions (interleaved pairs, Su et al. 2021).
 *
 * For plain sequences of length s, q, k and v have a row for each (sequence, position), keyRows has a
 * list of each sequence's rows, and position t of sequence l is the query (l·s + t, l, t + 1).
 *
 * @param q [nq, d]
 * @param k [nk, d]
 * @param v [nk, d]
 * @param queries int32 [n, 3]; counts are from 1 to depth
 * @param keyRows int32 [lists, depth]; what no query counts is not read
 * @returns [n, d], the heads side by side
 * @throws TypeError or RangeError if dtypes or shapes do not fit; RangeError for a row, a list or a
 *   count that there is not
 */
export function attention(
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  queries: tf.Tensor,
  keyRows: tf.Tensor,
  { heads, rotaryBase = 0 }: AttentionOptions,
): tf.Tensor2D {
  const inputs = { q, k, v, queries, keyRows };
  checkShapes(inputs, { heads, rotaryBase });
  checkPlaces("attention", q, k, queries, keyRows);
  return attentionOperation(inputs, { heads, rotaryBase })[0] as tf.Tensor2D;
}

/**
 * The weights that {@link attention} gives to each key, for looking at them; without a gradient.
 *
 * @returns [n, heads, depth], 0 if there is no key
 * @throws as {@link attention}
 */
export function attentionWeights(
  q: tf.Tensor,
  k: tf.Tensor,
  queries: tf.Tensor,
  keyRows: tf.Tensor,
  { heads, rotaryBase = 0 }: AttentionOptions,
): tf.Tensor3D {
  const inputs = { q, k, queries, keyRows };
  checkShapes({ ...inputs, v: k }, { heads, rotaryBase });
  checkPlaces("attentionWeights", q, k, queries, keyRows);
  return attentionWeightsOperation(inputs, { heads, rotaryBase })[0] as tf.Tensor3D;
}
