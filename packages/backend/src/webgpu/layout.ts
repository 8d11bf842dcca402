import type * as tf from "@tensorflow/tfjs-core";
import { CopyNode } from "./copy-node";
import type { WebgpuHost } from "./host";
import { Slab, type Value } from "./value";

/** Tensors begin at multiples of so many bytes, as bindings must. */
const ALIGNMENT = 256;

/** Where tensors of a list lie in a slab, so that one program goes over all of them. */
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

/** The slab in which values lie in a layout; undefined where they do not. */
export function slabOf(values: readonly Value[], { offsets }: Layout): Slab | undefined {
  const slab = values[0]?.slab;
  const fits = values.every(
    (value, i) => value.slab === slab && value.place?.offset === offsets[i],
  );
  return fits ? slab : undefined;
}

/** A slab for a layout. */
export function newSlab(host: WebgpuHost, { total }: Layout): Slab {
  return new Slab(host.memory.acquire(total));
}

/** Tensors' values in a slab in a layout; where they are elsewhere they move there. */
export function gathered(
  host: WebgpuHost,
  tensors: readonly tf.TensorInfo[],
  layout: Layout,
): Value[] {
  const values = tensors.map((info) => host.memory.input(info));
  if (slabOf(values, layout) !== undefined) return values;
  const moved = host.memory.moveTo(newSlab(host, layout), tensors, layout.offsets);
  host.record(new CopyNode(moved));
  return moved.map(([, to]) => to);
}
