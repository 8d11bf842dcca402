import type { Assembly } from "../experiment/assembly";
import type { EditContext } from "../kind/edit-kind";

/** Where the symbols' rows lie in the network's embedding; null if it has none, or the task no modulus. */
export function embeddingOf({ network, task }: Assembly): EditContext["embedding"] {
  const { embedding } = network.anatomy;
  const { p, firstToken } = task.equation ?? { p: null, firstToken: 0 };
  if (embedding === null || p === null) return null;
  const { parameter, blocks } = embedding;
  const firstRows = blocks === 1 ? [firstToken] : Array.from({ length: blocks }, (_, i) => i * p);
  return { parameter, firstRows, p };
}
