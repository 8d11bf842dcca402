import {
  type Matrix,
  operandEmbeddings,
  principalComponents,
  type Snapshot,
  selectRows,
} from "@grok/metrics";
import { alignSigns, planeView } from "./plane";
import type { EmbeddingView } from "./view";

/**
 * What the network sees of each symbol: the rows of its embedding, [symbols, width]. Where the input
 * is one-hot, those of the first weight that belong to a.
 */
export async function symbolRows(snapshot: Snapshot, symbols: number): Promise<Matrix> {
  const { anatomy, task } = snapshot.context;
  if (task.p !== null) return (await operandEmbeddings(snapshot))[0] as Matrix;
  if (anatomy.embedding === null) {
    throw new RangeError(`${anatomy.words} has no embedding of its symbols`);
  }
  const first = task.firstToken ?? 0;
  return selectRows(
    await snapshot.parameter(anatomy.embedding.parameter),
    Int32Array.from({ length: symbols }, (_, i) => first + i),
  );
}

/**
 * The symbols along the two directions in which their embeddings vary most.
 *
 * @param before the picture of the step before, which decides the axes' signs
 */
export function embeddingView(rows: Matrix, before: EmbeddingView | null = null): EmbeddingView {
  const { scores, explained } = principalComponents(rows);
  const [first = 0, second = 0] = explained;
  return { ...planeView(alignSigns(scores, before)), explained: [first, second] };
}
