import { checkMatrix, type Matrix } from "../matrix/matrix";

/** What a network answers to each pair. */
export interface AnswerMap {
  /** Elements per side. */
  readonly size: number;
  /** a by b, [size, size]; 1 right, 0 wrong, −1 no such pair (a division by 0). */
  readonly correct: Int8Array;
  /** 1 where the pair is trained on, [size, size]. */
  readonly train: Uint8Array;
  /** The class with the largest logit, [size, size]; −1 if there is no such pair. */
  readonly answers: Int32Array;
}

/** The examples of an {@link answerMap}. */
export interface AnswerMapOptions {
  /** Elements per side: p, or 120. */
  size: number;
  /** a and b of each row, as elements, [rows · 2]. */
  pairs: Int32Array;
  /** The right class of each row, [rows]. */
  labels: ArrayLike<number>;
  /** The rows trained on. */
  train: ArrayLike<number>;
}

/**
 * The table of right and wrong answers, with the trained cells marked.
 *
 * Of equal logits the first counts.
 *
 * @param logits [rows, classes]
 * @throws RangeError if pairs or labels do not fit the logits, a pair is outside the table or
 *   there twice, or a logit is not finite
 */
export function answerMap(
  logits: Matrix,
  { size, pairs, labels, train }: AnswerMapOptions,
): AnswerMap {
  checkMatrix(logits, "the logits");
  const { rows, columns } = logits;
  if (pairs.length !== 2 * rows || labels.length !== rows) {
    throw new RangeError(
      `${rows} rows of logits need ${2 * rows} operands and ${rows} labels, not ${pairs.length} and ${labels.length}`,
    );
  }
  const map: AnswerMap = {
    size,
    correct: new Int8Array(size * size).fill(-1),
    train: new Uint8Array(size * size),
    answers: new Int32Array(size * size).fill(-1),
  };
  const cells = Int32Array.from({ length: rows }, (_, row) => {
    const [a, b] = [pairs[2 * row] as number, pairs[2 * row + 1] as number];
    if (!(a >= 0 && a < size && b >= 0 && b < size)) {
      throw new RangeError(`the pair (${a}, ${b}) is outside a table of ${size} × ${size}`);
    }
    return a * size + b;
  });
  for (const [row, cell] of cells.entries()) {
    if (map.correct[cell] !== -1) {
      throw new RangeError(`the pair (${pairs[2 * row]}, ${pairs[2 * row + 1]}) is there twice`);
    }
    let answer = 0;
    for (let c = 1; c < columns; c++) {
      const [here, best] = [
        logits.values[row * columns + c],
        logits.values[row * columns + answer],
      ];
      if ((here as number) > (best as number)) answer = c;
    }
    map.answers[cell] = answer;
    map.correct[cell] = answer === labels[row] ? 1 : 0;
  }
  for (let i = 0; i < train.length; i++) {
    const cell = cells[train[i] as number];
    if (cell === undefined) throw new RangeError(`row ${train[i]} is not among the ${rows} rows`);
    map.train[cell] = 1;
  }
  return map;
}
