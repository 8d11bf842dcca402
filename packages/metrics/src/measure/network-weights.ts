import { type Matrix, selectRows, zeroMatrix } from "../matrix/matrix";
import { multiply } from "../matrix/product";
import type { Anatomy } from "./anatomy";
import { elementsOf, needsAddingNeurons } from "./requirement";
import type { Snapshot } from "./snapshot";

/**
 * What each operand is embedded as: the rows of the numbers, [p, d], of the embedding, or of W1's
 * blocks for a and for b where the input is one-hot.
 *
 * @throws RangeError if the network has no embedding of its symbols
 */
export async function operandEmbeddings(snapshot: Snapshot): Promise<readonly Matrix[]> {
  const { task } = snapshot.context;
  const p = task.p as number;
  const { parameter, blocks } = embeddingOf(snapshot);
  const table = await snapshot.parameter(parameter); // [blocks · symbols, d]
  if (blocks === 1) return [rows(table, task.firstToken ?? 0, p)];
  return Array.from({ length: blocks }, (_, block) => rows(table, block * p, p));
}

/**
 * The weight that the network sees its operands through: W1 as a whole, or the rows of the elements in
 * the embedding, which need not be residues.
 *
 * @throws RangeError if the network has no embedding of its symbols, or the task no operands
 */
export async function inputWeight(snapshot: Snapshot): Promise<Matrix> {
  const { task } = snapshot.context;
  const { parameter, blocks } = embeddingOf(snapshot);
  const weight = await snapshot.parameter(parameter);
  if (blocks > 1) return weight;
  const elements = elementsOf(task);
  if (elements === null) throw new RangeError("the task has no operands to embed");
  return rows(weight, task.firstToken ?? 0, elements);
}

function embeddingOf({ context }: Snapshot): NonNullable<Anatomy["embedding"]> {
  const { embedding, words } = context.anatomy;
  if (embedding === null) throw new RangeError(`${words} has no embedding of its symbols`);
  return embedding;
}

/**
 * The map from the last hidden neurons to the logits of the numbers, W_L of Nanda et al. 2023:
 * [p, neurons], the numbers as rows. An MLP's last weight; in a transformer the last feed-forward's
 * output weight, then the gain of the norm between, if any, then the unembedding.
 *
 * @throws RangeError if the network has no such map
 */
export async function neuronLogitMap(snapshot: Snapshot): Promise<Matrix> {
  const { anatomy, task } = snapshot.context;
  const factors = anatomy.neuronsToLogits;
  if (factors === null || factors.length === 0) {
    throw new RangeError(`${anatomy.words} has no linear map from its neurons to its logits`);
  }
  let map: Matrix | undefined; // [p, what the factor takes]
  // From the logits back, so that the rows of the numbers alone are multiplied.
  for (const { parameter, transpose: isTransposed, gain } of factors.toReversed()) {
    const weight = await snapshot.parameter(parameter);
    if (map === undefined) {
      const byClass = isTransposed ? weight : transpose(weight); // [classes, neurons or width]
      map = rows(byClass, task.firstClass ?? 0, task.p as number);
    } else if (gain) {
      map = scaleColumns(map, weight);
    } else {
      map = multiply(map, isTransposed ? weight : transpose(weight));
    }
  }
  return map as Matrix;
}

/**
 * Of an MLP with one hidden layer on two one-hot residues, the weights of its neurons from a, from b
 * and to the answers, each [n, neurons] with the elements in the order of the task's cyclic group.
 *
 * @throws RangeError if the network is another or the task no addition in a cyclic group
 */
export async function addingWeights(
  snapshot: Snapshot,
): Promise<readonly [a: Matrix, b: Matrix, c: Matrix]> {
  const { group, context } = snapshot;
  const reason = needsAddingNeurons(context);
  if (group === null || reason !== null) throw new RangeError(reason ?? "there is no group");
  const [a, b] = (await operandEmbeddings(snapshot)) as [Matrix, Matrix];
  const c = await neuronLogitMap(snapshot);
  const ordered = (weight: Matrix) => selectRows(weight, group.elements);
  return [ordered(a), ordered(b), ordered(c)];
}

function rows(matrix: Matrix, first: number, count: number): Matrix {
  if (first + count > matrix.rows) {
    throw new RangeError(
      `p = ${count} does not match a weight of ${matrix.rows} rows of which the numbers begin at ${first}`,
    );
  }
  return selectRows(
    matrix,
    Int32Array.from({ length: count }, (_, i) => first + i),
  );
}

function transpose({ values, rows: height, columns }: Matrix): Matrix {
  const turned = zeroMatrix(columns, height);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < columns; j++) {
      turned.values[j * height + i] = values[i * columns + j] as number;
    }
  }
  return turned;
}

function scaleColumns(matrix: Matrix, factors: Matrix): Matrix {
  const scaled = zeroMatrix(matrix.rows, matrix.columns);
  for (let i = 0; i < scaled.values.length; i++) {
    const factor = factors.values[i % matrix.columns] as number;
    scaled.values[i] = (matrix.values[i] as number) * factor;
  }
  return scaled;
}
