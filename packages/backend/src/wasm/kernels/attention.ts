import { type KernelAttributes, type KernelInputs, rotaryAngles } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { WasmHost } from "../host";
import { Op } from "../op";
import { attendByTables, attentionTablesGradient, tablesFor } from "./attention-tables";
import { kernel, matrixShape } from "./kernel";

type Inputs = KernelInputs<"GrokAttention">;
type Attributes = KernelAttributes<"GrokAttention">;

/** The last rotation made: a network has one. */
let last: { key: string; table: Float32Array } | undefined;

/**
 * What the module turns queries by, at each distance from the key: first every cosine twice, for both
 * of its pair, then the sines with the signs of the pair's two.
 *
 * @returns [2, depth, e], empty without rotary positions
 */
function rotation(depth: number, e: number, base: number): Float32Array {
  if (base === 0) return new Float32Array();
  const key = `${depth} ${e} ${base}`;
  if (last?.key === key) return last.table;
  const { cos, sin } = rotaryAngles(depth, e, base);
  const table = new Float32Array(2 * depth * e);
  for (let i = 0; i < cos.length; i++) {
    table.fill(cos[i] as number, 2 * i, 2 * i + 2);
    table[depth * e + 2 * i] = -(sin[i] as number);
    table[depth * e + 2 * i + 1] = sin[i] as number;
  }
  last = { key, table };
  return table;
}

/** Scratch memory with the rotation at its start, and `room` more bytes. */
function scratchWith(
  host: WasmHost,
  table: Float32Array,
  room: number,
): { rotation: number; rest: number } {
  const address = host.scratch(table.byteLength + room);
  new Float32Array(host.memory.buffer, address, table.length).set(table);
  return { rotation: table.length > 0 ? address : 0, rest: address + table.byteLength };
}

/** Attention query by query: what it gives, and its weights [n, heads, depth]. */
function attendDirectly(
  host: WasmHost,
  { q, k, v, queries, keyRows }: Inputs,
  { heads, rotaryBase }: Attributes,
): [y: tf.TensorInfo, weights: tf.TensorInfo] {
  const [n] = matrixShape(queries);
  const [, depth] = matrixShape(keyRows);
  const width = q.shape[1] as number;
  const e = width / heads;
  const y = host.output([n, width], "float32");
  const weights = host.output([n, heads, depth], "float32");
  const addresses = [q, k, v, queries, keyRows, weights, y].map((info) => host.pointer(info));
  const scratch = scratchWith(host, rotation(depth, e, rotaryBase), 0);
  host.run(
    Op.Attention,
    [...addresses, scratch.rotation, n, depth, heads, e],
    [e ** -0.5],
    2 * n * depth * width,
  );
  return [y, weights];
}

const attention = kernel("GrokAttention", (host, inputs, attributes) => {
  const tables = tablesFor(host, inputs, attributes);
  return tables ? attendByTables(host, inputs, tables) : attendDirectly(host, inputs, attributes);
});

const attentionWeights = kernel("GrokAttentionWeights", (host, inputs, attributes) => {
  const [y, weights] = attendDirectly(host, { ...inputs, v: inputs.k }, attributes);
  host.backend.disposeData(y.dataId);
  return [weights];
});

const attentionGradient = kernel("GrokAttentionGrad", (host, inputs, attributes) => {
  const { q, k, v, queries, keyRows, state, dy } = inputs;
  const tables = tablesFor(host, inputs, attributes);
  if (tables) return attentionTablesGradient(host, inputs, tables);
  const { heads, rotaryBase } = attributes;
  const [n] = matrixShape(queries);
  const [, depth] = matrixShape(keyRows);
  const width = q.shape[1] as number;
  const e = width / heads;
  const [dq, dk, dv] = [q, k, v].map(({ shape }) => host.output(shape, "float32")) as [
    tf.TensorInfo,
    tf.TensorInfo,
    tf.TensorInfo,
  ];
  const addresses = [q, k, v, queries, keyRows, state, dy, dq, dk, dv].map((info) =>
    host.pointer(info),
  );
  const scratch = scratchWith(host, rotation(depth, e, rotaryBase), 4 * n * heads * depth);
  host.run(
    Op.AttentionGradient,
    [
      ...addresses,
      scratch.rest,
      scratch.rotation,
      n,
      depth,
      heads,
      e,
      q.shape[0] as number,
      k.shape[0] as number,
    ],
    [e ** -0.5],
    4 * n * depth * width,
  );
  return [dq, dk, dv];
});

export const attentionKernels = [attention, attentionWeights, attentionGradient];
