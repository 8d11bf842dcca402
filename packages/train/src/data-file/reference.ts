import * as z from "zod";

/** The folder of a run's data files, within the run's. */
export const dataName = "data";

/** The largest data file that is read, in bytes. */
export const dataLimit = 2 ** 26;

/** A data file as an experiment names it: what it was called, for people, and what it is. */
export interface DataReference {
  readonly name: string;
  readonly sha256: string;
}

const pattern = /^([\w.+-]{1,100}):([0-9a-f]{64})$/;
const stored = /^data\/([0-9a-f]{64})$/;

/** A setting whose value is a data file: `iris.csv:` and its digest. */
export const dataFile = z.string().regex(pattern).meta({ title: "a file" });

/** The data file that a text names; null if it names none. */
export function dataReference(text: unknown): DataReference | null {
  const [, name, sha256] = (typeof text === "string" && pattern.exec(text)) || [];
  return name === undefined || sha256 === undefined ? null : { name, sha256 };
}

/** How an experiment names a data file; of a path only its last part counts. */
export function referenceText({ name, sha256 }: DataReference): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  return `${last.replaceAll(/[^\w.+-]/g, "_").slice(-100) || "data"}:${sha256}`;
}

/** The data files that settings of a task name. */
export function dataReferences(task: object): DataReference[] {
  return Object.values(task).flatMap((value) => dataReference(value) ?? []);
}

/** Settings of a task with the digests alone of its data files: what they are, not what they are called. */
export function withoutFileNames<T extends object>(task: T): T {
  return Object.fromEntries(
    Object.entries(task).map(([key, value]) => [key, dataReference(value)?.sha256 ?? value]),
  ) as T;
}

/** A data file's place in a run's folder: `data/` and its digest. */
export function dataPath({ sha256 }: Pick<DataReference, "sha256">): string {
  return `${dataName}/${sha256}`;
}

/** The digest of the data file that lies at a place of a run's folder; null if none does. */
export function dataAt(path: string): string | null {
  return stored.exec(path)?.[1] ?? null;
}
