import type * as tf from "@tensorflow/tfjs-core";
import type { Call } from "./call";
import type { WebgpuHost } from "./host";
import { arenaOf, gathered, type Layout, layoutOf, newArena } from "./layout";
import type { Node, NodeHost } from "./node";
import { type Arena, Value } from "./value";

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
 * A calculation on lists of tensors at once. Each list lies in an arena, all in the same layout, so that
 * a program sees it as one long vector. Lists that stay are moved into arenas once; what the batch
 * makes is made there in the first place; anything else is copied.
 */
class ListNode implements Node {
  readonly isUpdate = true;
  readonly #layout: Layout;
  readonly #roles: readonly { use: Role["use"]; values: readonly Value[] }[];
  readonly #makeCalls: (arenas: readonly Value[]) => Call[];
  readonly #isCleared: boolean;
  readonly #besides: readonly Value[];
  /** Of roles whose values are not in an arena yet. */
  readonly #arenas: (Arena | undefined)[] = [];
  #whole: Value[] = [];

  constructor(
    layout: Layout,
    roles: readonly { use: Role["use"]; values: readonly Value[] }[],
    makeCalls: (arenas: readonly Value[]) => Call[],
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

  place(host: NodeHost): void {
    for (const [i, { values }] of this.#roles.entries()) {
      // Another's arena has something between the tensors.
      if (!this.#isCleared && arenaOf(values, this.#layout) !== undefined) continue;
      const arena = newArena(host, this.#layout);
      // Kept until the calls are encoded.
      arena.live++;
      this.#arenas[i] = arena;
      if (this.#isCleared) host.encoder.clear(arena.buffer);
      for (const [j, value] of values.entries()) {
        const offset = this.#layout.offsets[j] as number;
        if (value.allocation === undefined) host.memory.placeIn(value, arena, offset);
      }
    }
  }

  prepare(host: NodeHost): void {
    this.#whole = this.#roles.map(({ values }, i) => {
      const arena = this.#arenas[i];
      const { buffer } = arena ?? ((values[0] as Value).arena as Arena);
      if (arena !== undefined) {
        for (const [j, value] of values.entries()) {
          if (value.arena === arena) continue;
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

  finish(host: NodeHost): void {
    for (const arena of this.#arenas) if (arena !== undefined) host.memory.leaveArena(arena);
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
  host.record(new ListNode(layout, resolved, (arenas) => makeCalls(arenas, layout), options));
}
