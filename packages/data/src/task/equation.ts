import { findLayout, type LayoutName } from "../layout/catalogue";
import { type Layout, writeRows } from "../layout/layout";
import { requireInteger } from "../requirement";
import { batchOf } from "./batch-of";
import type { Dataset, FiniteTask } from "./task";

/** The dataset of a binary operation, with the operands of each example. */
export interface BinaryDataset extends Dataset {
  /** a and b as elements (not token ids), `[size, 2]`. */
  readonly pairs: Int32Array;
}

/** All equations a ∘ b = c of an operation on finitely many elements. */
export interface EquationTask extends FiniteTask {
  /** How many elements a, b and c range over. */
  readonly elements: number;
  /** How an equation is written. */
  readonly layout: Layout;
  /** Every equation once, a by a and within it b by b. */
  dataset(): BinaryDataset;
}

/** What {@link equationTask} takes. */
export interface EquationTaskOptions {
  /** For people, e.g. `"a∘b in D5"`. */
  name: string;
  /** How many elements there are, 2 to 4096; they are 0 … elements−1. */
  elements: number;
  /** c = a ∘ b, an element; null if the pair has no answer and is no example. */
  apply: (a: number, b: number) => number | null;
  /** How an equation becomes tokens; `mlx` by default. */
  layout?: LayoutName;
  /** The operation's name in layouts that have a token for it (`openai`); default none. */
  operation?: string;
  /** What the elements are; `Z_p` by default. */
  set?: "Z_p" | "S5";
  /** The modulus that layouts with a vocabulary for all operations count with; default `elements`. */
  p?: number;
}

/** Above this, the pairs of a dataset take more than half a gigabyte. */
export const maxElements = 4096;

/**
 * The task of learning an operation from part of its table. Chance is 1 / the number of elements.
 *
 * ```ts
 * equationTask({ name: "max", elements: 10, apply: Math.max }).dataset().size; // 100
 * ```
 *
 * @throws RangeError if there are too few or too many elements, the layout is unknown or does not
 *   know the operation, or, from `dataset`, an answer is no element or there is none
 */
export function equationTask({
  name,
  elements,
  apply,
  layout: layoutName = "mlx",
  operation = "",
  set = "Z_p",
  p = elements,
}: EquationTaskOptions): EquationTask {
  requireInteger("The number of elements", elements, 2, maxElements);
  const layout = findLayout(layoutName, { operation, set, p, elements });
  const { vocabulary, classes, length, answerPositions, features, values } = layout;
  const shape = { vocabulary, classes, length, answerPositions, features, values };
  return {
    kind: "finite",
    name,
    chance: 1 / elements,
    ...shape,
    elements,
    layout,
    dataset: () => {
      const { pairs, ...equations } = table(name, elements, apply);
      const batch = batchOf({
        tokens: writeRows(layout.tokens, equations),
        labels: writeRows(layout.labels, equations),
        size: equations.c.length,
      });
      return { ...shape, ...batch, pairs };
    },
  };
}

function table(name: string, elements: number, apply: EquationTaskOptions["apply"]) {
  const most = elements * elements;
  const rows = { a: new Int32Array(most), b: new Int32Array(most), c: new Int32Array(most) };
  let size = 0;
  for (let x = 0; x < elements; x++) {
    for (let y = 0; y < elements; y++) {
      const z = apply(x, y);
      if (z === null) continue;
      if (!Number.isInteger(z) || z < 0 || z >= elements) {
        throw new RangeError(
          `${name} gives ${z} for (${x}, ${y}): an answer is an element, 0 … ${elements - 1}.`,
        );
      }
      rows.a[size] = x;
      rows.b[size] = y;
      rows.c[size++] = z;
    }
  }
  if (size === 0) throw new RangeError(`${name} has no answer for any pair.`);
  const pairs = new Int32Array(2 * size); // [size, 2]
  for (let row = 0; row < size; row++) {
    pairs[2 * row] = rows.a[row] as number;
    pairs[2 * row + 1] = rows.b[row] as number;
  }
  const { a, b, c } = rows;
  return { a: a.slice(0, size), b: b.slice(0, size), c: c.slice(0, size), pairs };
}
