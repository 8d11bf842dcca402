/** A finite group with its elements numbered from 0, the identity. */
export interface FiniteGroup {
  /** As it is written, e.g. `"D5"`. */
  readonly name: string;
  /** How many elements there are. */
  readonly order: number;
  /** The number of a·b. */
  readonly product: (a: number, b: number) => number;
  /** What each element is called, e.g. `"r2s"`. */
  readonly symbols: readonly string[];
}

/** The largest order of a group that is made by name. */
export const largestOrder = 128;

/** The inverse of each element of a group. */
export function inverses({ order, product }: FiniteGroup): Int32Array {
  const found = new Int32Array(order);
  for (let a = 0; a < order; a++) {
    for (let b = 0; b < order; b++) if (product(a, b) === 0) found[a] = b;
  }
  return found;
}

/** Whether a·b = b·a for all elements. */
export function isCommutative({ order, product }: FiniteGroup): boolean {
  for (let a = 0; a < order; a++) {
    for (let b = 0; b < a; b++) if (product(a, b) !== product(b, a)) return false;
  }
  return true;
}
