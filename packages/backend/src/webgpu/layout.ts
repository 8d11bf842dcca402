import type * as tf from "@tensorflow/tfjs-core";
import { CopyNode } from "./copy-node";
import type { WebgpuHost } from "./host";
import type { NodeHost } from "./node";
import { Arena, type Value } from "./value";

/** Tensors begin at multiples of this many bytes, as bindings must. */
const ALIGNMENT = 256;

/** Where tensors of a list lie in an arena, so that one program goes over all of them. */
export interface Layout {
  /** In bytes, per tensor. */
  offsets: readonly number[];
  sizes: readonly number[];
  /** In bytes. */
  total: number;
}

/** The layout of tensors one after the other. */
export function layoutOf(tensors: readonly tf.TensorInfo[]): Layout {
  const sizes = tensors.map(({ shape }) => 4 * shape.reduce((a, b) => a * b, 1));
  const offsets: number[] = [];
  let total = 0;
  for (const size of sizes) {
    offsets.push(total);
    total += Math.ceil(size / ALIGNMENT) * ALIGNMENT;
  }
  return { offsets, sizes, total };
}

/** The arena in which values lie in a layout; undefined if they do not. */
export function arenaOf(values: readonly Value[], { offsets }: Layout): Arena | undefined {
  const arena = values[0]?.arena;
  const fits = values.every(
    (value, i) => value.arena === arena && value.allocation?.offset === offsets[i],
  );
  return fits ? arena : undefined;
}

/** An arena for a layout. */
export function newArena(host: NodeHost, { total }: Layout): Arena {
  return new Arena(host.memory.acquire(total));
}

/** Tensors' values in an arena in a layout; where they are elsewhere they move there. */
export function gathered(
  host: WebgpuHost,
  tensors: readonly tf.TensorInfo[],
  layout: Layout,
): Value[] {
  const values = tensors.map((info) => host.memory.input(info));
  if (arenaOf(values, layout) !== undefined) return values;
  const moved = host.memory.moveTo(newArena(host, layout), tensors, layout.offsets);
  host.record(new CopyNode(moved));
  return moved.map(([, to]) => to);
}
