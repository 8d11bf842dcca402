import type { LayoutName } from "../layout/catalogue";
import { writeRows } from "../layout/layout";
import { elementCount, findOperation, type OperationName } from "../operation/catalogue";
import type { Operation } from "../operation/operation";
import { batchOf } from "./batch-of";
import { type EquationTask, equationTask } from "./equation";
import type { ExampleSource } from "./task";

/** All equations a ∘ b = c of a named operation. */
export interface BinaryTask extends EquationTask {
  readonly operation: Operation;
  /** The modulus; of no effect on the equations of S5. */
  readonly p: number;
}

/** What {@link binaryTask} takes. */
export interface BinaryTaskOptions {
  /** A name among {@link operations}. */
  operation: OperationName | (string & {});
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
  layout = "mlx",
}: BinaryTaskOptions): BinaryTask {
  const operation = findOperation(operationName);
  const { set, firstB, name } = operation;
  const task = equationTask({
    name: set === "S5" ? name : `${name} mod ${p}`,
    elements: elementCount(operation, p),
    apply: (a, b) => (b < firstB ? null : operation.apply(a, b, p)),
    layout,
    operation: operationName,
    set,
    p,
  });
  const width = task.elements - firstB;
  const { layout: form } = task;
  const source: ExampleSource = {
    size: task.elements * width,
    // The equations at some places of the table, without the table.
    examples: (places) => {
      const a = places.map((place) => Math.floor(place / width));
      const b = places.map((place) => firstB + (place % width));
      const c = a.map((x, i) => operation.apply(x, b[i] as number, p));
      return batchOf({
        tokens: writeRows(form.tokens, { a, b, c }),
        labels: writeRows(form.labels, { a, b, c }),
        size: places.length,
      });
    },
  };
  return { ...task, source, operation, p };
}
