import { printable } from "../experiment/printable";
import type { Collection } from "../kind/collection";

/**
 * A part of an experiment for sentences: `The model rnn of rnn.ts`; null if it is built in.
 *
 * @param what `model`, `task`, …
 */
export function ownPartName(what: string, name: string, kinds: Collection): string | null {
  const owner = kinds.ownerOf(what, name);
  const file = kinds.extensions.find(({ extension }) => extension.name === owner)?.file;
  return owner === null ? null : `The ${what} ${printable(name)} of ${printable(file ?? owner)}`;
}
