import type * as tf from "@tensorflow/tfjs-core";
import type { WebgpuHost } from "./host";
import { gathered, type Layout, layoutOf, newSlab, slabOf } from "./layout";
import type { Call, Node } from "./node";
import { type Slab, Value } from "./value";

/** One tensor per entry, of which a list's calculation reads or writes all. */
export interface Role {
  name: string;
  tensors: readonly tf.TensorInfo[];
  /** `replaces`: written in place; `makes`: new tensors; `reads`: neither. */
  use: "replaces" | "makes" | "reads";
}

/** Settings of {@link runOnLists}. */
interface ListOptions {
  /** Whether the room between tensors is zero. */
  isCleared?: boolean;
  /** What the calls make besides the lists. */
  besides?: readonly Value[];
}

/**
 * A calculation on lists of tensors at once. Each list lies in a slab, all in the same layout, so that
 * a program sees it as one long vector. Lists that stay are moved into slabs once; what the batch
 * makes is made there in the first place; anything else is copied.
 */
class ListNode implements Node {
  readonly isUpdate = true;
  readonly #layout: Layout;
  readonly #roles: readonly { use: Role["use"]; values: readonly Value[] }[];
  readonly #makeCalls: (slabs: readonly Value[]) => Call[];
  readonly #isCleared: boolean;
  readonly #besides: readonly Value[];
  /** Of roles whose values are not in a slab yet. */
  readonly #slabs: (Slab | undefined)[] = [];
  #whole: Value[] = [];

  constructor(
    layout: Layout,
    roles: readonly { use: Role["use"]; values: readonly Value[] }[],
    makeCalls: (slabs: readonly Value[]) => Call[],
    { isCleared = false, besides = [] }: ListOptions,
  ) {
    this.#layout = layout;
    this.#roles = roles;
    this.#makeCalls = makeCalls;
    this.#isCleared = isCleared;
    this.#besides = besides;
  }

  reads(): Value[] {
    return this.#roles.filter(({ use }) => use !== "makes").flatMap(({ values }) => values);
  }

  writes(): Value[] {
    const made = this.#roles.filter(({ use }) => use !== "reads").flatMap(({ values }) => values);
    return [...made, ...this.#besides];
  }

  place(host: WebgpuHost): void {
    for (const [i, { values }] of this.#roles.entries()) {
      // Another's slab has something between the tensors.
      if (!this.#isCleared && slabOf(values, this.#layout) !== undefined) continue;
      const slab = newSlab(host, this.#layout);
      // Kept until the calls are encoded.
      slab.live++;
      this.#slabs[i] = slab;
      if (this.#isCleared) host.encoder.clear(slab.buffer);
      for (const [j, value] of values.entries()) {
        const offset = this.#layout.offsets[j] as number;
        if (value.place === undefined) host.memory.place(value, slab, offset);
      }
    }
  }

  prepare(host: WebgpuHost): void {
    this.#whole = this.#roles.map(({ values }, i) => {
      const slab = this.#slabs[i];
      const { buffer } = slab ?? ((values[0] as Value).slab as Slab);
      if (slab !== undefined) {
        for (const [j, value] of values.entries()) {
          if (value.slab === slab) continue;
          const offset = this.#layout.offsets[j] as number;
          host.encoder.copy(value, Value.at({ buffer, offset, size: value.size }));
        }
      }
      return Value.at({ buffer, offset: 0, size: this.#layout.total });
    });
  }

  calls(): Call[] {
    return this.#makeCalls(this.#whole);
  }

  finish(host: WebgpuHost): void {
    for (const slab of this.#slabs) if (slab !== undefined) host.memory.release(slab);
  }
}

/**
 * Records a calculation on lists of tensors; entries without elements are left out.
 *
 * @param makeCalls gets each role's list as one vector, with room between tensors whose numbers mean
 *   nothing, or are zero with `isCleared`
 */
export function runOnLists(
  host: WebgpuHost,
  roles: readonly Role[],
  makeCalls: (vectors: readonly Value[], layout: Layout) => Call[],
  options: ListOptions = {},
): void {
  const first = roles[0] as Role;
  const kept = [...first.tensors.keys()].filter((i) => !first.tensors[i]?.shape.includes(0));
  if (kept.length === 0) return;
  const lists = roles.map(({ use, tensors }) => ({
    use,
    tensors: kept.map((i) => tensors[i] as tf.TensorInfo),
  }));
  const layout = layoutOf(lists[0]?.tensors as tf.TensorInfo[]);
  const resolved = lists.map(({ use, tensors }) => ({
    use,
    values:
      use === "replaces"
        ? gathered(host, tensors, layout)
        : tensors.map((info) => host.memory.input(info)),
  }));
  host.record(new ListNode(layout, resolved, (slabs) => makeCalls(slabs, layout), options));
}
