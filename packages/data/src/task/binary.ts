import { findLayout, type LayoutName } from "../layout/catalogue";
import { type Layout, writeRows } from "../layout/layout";
import { elementCount, findOperation } from "../operation/catalogue";
import type { Operation } from "../operation/operation";
import type { Dataset, FiniteTask } from "./task";

/** The dataset of a binary operation, with the operands of each example. */
export interface BinaryDataset extends Dataset {
  /** a and b as elements (not token ids), `[size, 2]`. */
  readonly pairs: Int32Array;
}

/** All equations a ∘ b = c of an operation. */
export interface BinaryTask extends FiniteTask {
  readonly operation: Operation;
  /** The modulus; of no effect on the equations of S5. */
  readonly p: number;
  /** How many elements a, b and c range over: p, or 120. */
  readonly elements: number;
  /** How an equation is written. */
  readonly layout: Layout;
  /** Every equation once, a by a and within it b by b. */
  dataset(): BinaryDataset;
}

/** What {@link binaryTask} takes. */
export interface BinaryTaskOptions {
  /** A name among {@link operations}. */
  operation: string;
  /** The modulus, 2 to 4096; 97 by default (Power et al. 2022). */
  p?: number;
  /** How an equation becomes tokens; `mlx` by default. */
  layout?: LayoutName;
}

/**
 * The task of learning a binary operation from part of its table.
 *
 * Chance is 1 / the number of elements.
 *
 * ```ts
 * const { size, vocabulary } = binaryTask({ operation: "/", p: 97 }).dataset(); // 9312, 99
 * ```
 *
 * @throws RangeError if the operation or the layout is unknown, or the modulus does not fit
 */
export function binaryTask({
  operation: operationName,
  p = 97,
  layout: layoutName = "mlx",
}: BinaryTaskOptions): BinaryTask {
  const operation = findOperation(operationName);
  const elements = elementCount(operation, p);
  const { set } = operation;
  const layout = findLayout(layoutName, { operation: operationName, set, p, elements });
  const { vocabulary, classes, length, reads } = layout;
  return {
    kind: "finite",
    name: operation.set === "S5" ? operation.name : `${operation.name} mod ${p}`,
    chance: 1 / elements,
    vocabulary,
    classes,
    length,
    reads,
    operation,
    p,
    elements,
    layout,
    source: {
      size: elements * (elements - operation.firstB),
      examples: (places) => {
        const equations = equationsAt(operation, p, elements, places);
        return {
          tokens: writeRows(layout.tokens, equations),
          labels: writeRows(layout.labels, equations),
          size: places.length,
        };
      },
    },
    dataset: () => {
      const { pairs, ...equations } = table(operation, p, elements);
      return {
        tokens: writeRows(layout.tokens, equations),
        labels: writeRows(layout.labels, equations),
        size: equations.c.length,
        pairs,
        vocabulary,
        classes,
        length,
        reads,
      };
    },
  };
}

/** The equations at some places of the table, without the table. */
function equationsAt(operation: Operation, p: number, elements: number, places: Int32Array) {
  const { firstB } = operation;
  const width = elements - firstB;
  const a = places.map((place) => Math.floor(place / width));
  const b = places.map((place) => firstB + (place % width));
  const c = a.map((x, i) => operation.apply(x, b[i] as number, p));
  return { a, b, c };
}

function table(operation: Operation, p: number, elements: number) {
  const { firstB } = operation;
  const size = elements * (elements - firstB);
  const a = new Int32Array(size);
  const b = new Int32Array(size);
  const c = new Int32Array(size);
  const pairs = new Int32Array(2 * size); // [size, 2]
  let row = 0;
  for (let x = 0; x < elements; x++) {
    for (let y = firstB; y < elements; y++, row++) {
      a[row] = x;
      b[row] = y;
      c[row] = operation.apply(x, y, p);
      pairs[2 * row] = x;
      pairs[2 * row + 1] = y;
    }
  }
  return { a, b, c, pairs };
}
