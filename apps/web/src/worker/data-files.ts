import {
  addDataFile,
  dataReference,
  type Experiment,
  findDataFile,
  hasDataFile,
} from "@grok/train";
import type { Library } from "../storage/library";
import { kindsHere } from "./extensions";
import type { DataFileInfo, DataNeed } from "./protocol";

/** The data files of an experiment, by the flags that take them. */
export function dataFilesOf({ task }: Experiment): DataFileInfo[] {
  return Object.entries(task).flatMap(([key, value]) => {
    const reference = dataReference(value);
    const flag = kindsHere().flagAt(`task.${key}`)?.name;
    if (reference === null || flag === undefined) return [];
    const bytes = hasDataFile(reference) ? findDataFile(reference).length : null;
    return [{ flag, ...reference, bytes }];
  });
}

/** The data files that a link names and that are not here. */
export function dataNeedsOf(link: string): DataNeed[] {
  return [...new URLSearchParams(link)].flatMap(([name, value]) => {
    const reference = dataReference(value);
    const flag = kindsHere().findFlag(name);
    if (reference === null || flag?.isFile !== true || hasDataFile(reference)) return [];
    return [{ flag: flag.name, ...reference }];
  });
}

/** Takes data files from the runs of the library that have them. */
export async function findInLibrary(library: Library, needs: readonly DataNeed[]): Promise<void> {
  if (needs.length === 0) return;
  for (const { id } of await library.list()) {
    const files = await library.read(id);
    for (const { name, sha256 } of needs.filter((need) => !hasDataFile(need))) {
      const bytes = await files.read(`data/${sha256}`).catch(() => null);
      // What it is is its digest, which is made of the bytes here.
      if (bytes !== null) await addDataFile(name, bytes);
    }
    if (needs.every(hasDataFile)) return;
  }
}

/** Why an experiment cannot be had from a link alone, in a sentence. */
export function needsText(needs: readonly DataNeed[]): string {
  const names = needs.map(({ name, sha256 }) => `${name} (sha256 ${sha256.slice(0, 8)}…)`);
  const what = names.length === 1 ? "the file" : "the files";
  return `It learns from ${what} ${names.join(" and ")}, which a link does not bring: choose ${names.length === 1 ? "it" : "them"} under "Data from a file".`;
}
