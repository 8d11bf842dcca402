import type { KernelInputs } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { WasmHost } from "../host";
import { Op } from "../op";
import { matrixShape } from "./kernel";

type Inputs = KernelInputs<"GrokAttention">;

/** The sizes of attention by tables: see assembly/attention-tables.ts. */
export interface AttentionTables {
  /** Queries, rows of q, rows of k and v, and the latter to a multiple of 8. */
  n: number;
  nq: number;
  nk: number;
  padded: number;
  depth: number;
  heads: number;
  /** Width of a head. */
  e: number;
  /** Floats in a row of a table: the head, its sum, and what fills the last vector up. */
  row: number;
  /** Pairs of a query and a key. */
  pairs: number;
}

/** As in assembly/attention-tables-parts.ts. */
const PARTS = 8;

/**
 * Tables cost rows of q times rows of k, the direct way pairs of queries and keys; this is where they
 * were measured to be equal.
 */
const MAX_TABLE = 0.6;

/** The widest head: a row of four vectors, with the sum in the last place. */
const WIDEST = 15;

/** The tables by which these inputs are computed fastest, or undefined if that is not by tables. */
export function tablesFor(
  host: WasmHost,
  { q, k, queries, keyRows }: Pick<Inputs, "q" | "k" | "queries" | "keyRows">,
  { heads, rotaryBase }: { heads: number; rotaryBase: number },
): AttentionTables | undefined {
  const e = (q.shape[1] as number) / heads;
  if (rotaryBase > 0 || e > WIDEST) return undefined;
  const [n] = matrixShape(queries);
  const [, depth] = matrixShape(keyRows);
  const [nq, nk] = [q.shape[0] as number, k.shape[0] as number];
  if (nq * nk >= MAX_TABLE * n * depth) return undefined;
  const numbers = host.view(queries);
  let pairs = 0;
  for (let i = 2; i < numbers.length; i += 3) pairs += numbers[i] as number;
  if (nq * nk >= MAX_TABLE * pairs) return undefined;
  const row = 4 * ((e >> 2) + 1);
  return { n, nq, nk, padded: (nk + 7) & ~7, depth, heads, e, row, pairs };
}

/** Where the parts of what the gradient needs begin, in floats, and their end. */
function stateOf({ n, nq, padded, heads }: AttentionTables) {
  const exponents = 0;
  const inverses = exponents + heads * nq * padded;
  const starts = inverses + heads * n;
  const order = starts + nq + 1;
  return { exponents, inverses, starts, order, end: order + n };
}

const line = (bytes: number) => (bytes + 63) & ~63;

/** Working memory, in bytes from its beginning; a thread's part of it has `stride` bytes. */
function roomOf({ padded, heads, e, row, depth }: AttentionTables, threads: number, sums: number) {
  const turned = 0;
  const values = line(4 * heads * e * padded);
  const room = values + line(4 * heads * padded * row);
  const stride = line(4 * (padded * (row + 1) + 16 + 2 * depth));
  const summed = room + threads * stride;
  return { turned, values, room, stride, summed, end: summed + 4 * sums };
}

function argumentsOf(
  host: WasmHost,
  inputs: Inputs,
  y: tf.TensorInfo,
  state: tf.TensorInfo,
  tables: AttentionTables,
  sums: number,
): { ints: number[]; summed: number } {
  const { q, k, v, queries, keyRows } = inputs;
  const { n, nq, nk, depth, heads, e, padded } = tables;
  const { starts, order, exponents, inverses } = stateOf(tables);
  const room = roomOf(tables, host.threads, sums);
  const scratch = host.scratch(room.end);
  const kept = host.pointer(state);
  const ints = [
    ...[q, k, v, queries, keyRows, y].map((info) => host.pointer(info)),
    ...[starts, order, exponents, inverses].map((at) => kept + 4 * at),
    ...[room.turned, room.values, room.room].map((at) => scratch + at),
    n,
    nq,
    nk,
    depth,
    heads,
    e,
    padded,
    room.stride,
  ];
  return { ints, summed: scratch + room.summed };
}

/** What attention gives, and what its gradient needs besides. */
export function attendByTables(
  host: WasmHost,
  inputs: Inputs,
  tables: AttentionTables,
): [y: tf.TensorInfo, state: tf.TensorInfo] {
  const { n, nq, nk, heads, e, pairs } = tables;
  const y = host.output([n, heads * e], "float32");
  const state = host.output([stateOf(tables).end], "float32");
  const { ints } = argumentsOf(host, inputs, y, state, tables, 0);
  host.run(Op.AttentionTables, ints, [e ** -0.5], heads * e * (pairs + nq * nk));
  return [y, state];
}

/** The gradients of q, k and v. */
export function attentionTablesGradient(
  host: WasmHost,
  inputs: Inputs & Record<"y" | "state" | "dy", tf.TensorInfo>,
  tables: AttentionTables,
): [dq: tf.TensorInfo, dk: tf.TensorInfo, dv: tf.TensorInfo] {
  const { nq, nk, heads, e, padded, row, pairs } = tables;
  const [dq, dk, dv] = (["q", "k", "v"] as const).map((name) =>
    host.output(inputs[name].shape, "float32"),
  ) as [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo];
  const sums = heads * PARTS * padded * (e + row);
  const { ints, summed } = argumentsOf(host, inputs, inputs.y, inputs.state, tables, sums);
  const given = [inputs.dy, dq, dk, dv].map((info) => host.pointer(info));
  const work = 2 * heads * e * (pairs + nq * nk);
  host.run(Op.AttentionTablesGradient, [...ints, ...given, summed], [e ** -0.5], work);
  return [dq, dk, dv];
}
