import type { Matrix } from "@grok/metrics";
import type { TableScene } from "./scene";
import type { AnswersView } from "./view";

/** Bytes that a table may take, so that hundreds of views fit in memory. */
const maxBytes = 90_000;

/**
 * The likeliest answers to every pair, with their probabilities in 255ths.
 *
 *     shares = softmax(logits) over all classes
 *
 * Of equal logits the one of the lower class comes first, as in `answerMap` of @grok/metrics.
 *
 * @param logits a row for each pair, [rows, classes]
 * @param pairs a and b of each row, [rows · 2]
 */
export function answersView(logits: Matrix, pairs: Int32Array, table: TableScene): AnswersView {
  const { size, answers, firstClass } = table;
  const { rows, columns } = logits;
  const bytesPerClass = columns <= 256 ? 1 : 2;
  const depth = depthOf(size, columns, bytesPerClass);
  const classes =
    bytesPerClass === 1
      ? new Uint8Array(size * size * depth)
      : new Uint16Array(size * size * depth);
  const shares = new Uint8Array(size * size * depth);
  const right = new Uint8Array(size * size);
  for (let row = 0; row < rows; row++) {
    const cell = (pairs[2 * row] as number) * size + (pairs[2 * row + 1] as number);
    const own = logits.values.subarray(row * columns, (row + 1) * columns);
    const chosen = classes.subarray(cell * depth, (cell + 1) * depth);
    const count = largest(own, chosen);
    const top = own[chosen[0] as number] as number;
    let sum = 0;
    for (const logit of own) sum += Math.exp(logit - top);
    const share = (index: number) =>
      Math.round((255 * Math.exp((own[index] as number) - top)) / sum);
    for (let i = 0; i < count; i++) shares[cell * depth + i] = share(chosen[i] as number);
    right[cell] = share(firstClass + (answers[cell] as number));
  }
  return { size, depth, classes, shares, right };
}

/** The class that a view has as first answer to a cell. */
export function firstAnswer({ classes, depth }: AnswersView, cell: number): number {
  return classes[cell * depth] as number;
}

/** How many right answers a table has among the trained cells and among the others. */
export function tally(view: AnswersView, table: TableScene): Record<"train" | "rest", Count> {
  const count = { train: { right: 0, of: 0 }, rest: { right: 0, of: 0 } };
  for (let cell = 0; cell < table.answers.length; cell++) {
    const answer = table.answers[cell] as number;
    if (answer < 0) continue;
    const set = count[table.train[cell] === 1 ? "train" : "rest"];
    set.of++;
    if (firstAnswer(view, cell) === table.firstClass + answer) set.right++;
  }
  return count;
}

/** Right ones of so many. */
export interface Count {
  right: number;
  of: number;
}

function depthOf(size: number, classes: number, bytesPerClass: number): number {
  const room = maxBytes / (size * size) - 1;
  return Math.max(1, Math.min(3, classes, Math.floor(room / (bytesPerClass + 1))));
}

/** Writes the indices of the largest values, falling; gives how many there are. */
function largest(values: Matrix["values"], into: Uint8Array | Uint16Array): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (count === into.length && value <= (values[into[count - 1] as number] as number)) continue;
    let at = count < into.length ? count++ : count - 1;
    while (at > 0 && value > (values[into[at - 1] as number] as number)) {
      into[at] = into[at - 1] as number;
      at--;
    }
    into[at] = i;
  }
  return count;
}
