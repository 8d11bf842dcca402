import { findDataFile } from "../../data-file/known";
import { type DataReference, dataReference } from "../../data-file/reference";

/** Files that were read, at most: they are asked for again and again while flags are resolved. */
const maxKept = 4;

/**
 * What is made of data files, each read once. Settings name them as `NAME:DIGEST`.
 *
 * @param read makes something of a file's bytes, and of settings that it depends on
 */
export function fileTask<T, S = void>(read: (bytes: Uint8Array<ArrayBuffer>, settings: S) => T) {
  const kept = new Map<string, T>();
  return {
    /** What a file is called, for people. */
    nameOf: (text: string): string => dataReference(text)?.name ?? "a file",
    /** @throws RangeError if the file is not here or does not fit, with its name */
    of: (text: string, settings: S): T => {
      const reference = dataReference(text) as DataReference;
      const key = JSON.stringify([reference.sha256, settings]);
      const found = kept.get(key);
      if (found !== undefined) return found;
      const bytes = findDataFile(reference);
      try {
        const made = read(bytes, settings);
        kept.set(key, made);
        if (kept.size > maxKept) kept.delete(kept.keys().next().value as string);
        return made;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new RangeError(`${reference.name}: ${error.message}`, { cause: error });
      }
    },
  };
}

/** The text of a file. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
