import { ExperimentError } from "../experiment/error";
import { sha256 } from "../run/digest";
import { type DataReference, dataLimit, referenceText } from "./reference";

/** A data file that this process has. */
interface KnownFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where it was read from, if it lies on a disk. */
  readonly path: string | null;
}

/**
 * What this process has read, by digest. A digest names the same bytes wherever it is asked for, so
 * that unlike kinds there is nothing that two experiments could disagree about.
 */
const known = new Map<string, KnownFile>();

/**
 * Keeps a data file, so that experiments that name it can be built.
 *
 * @param name what it is called, for people
 * @param options `path` from which other processes of this machine can read it
 * @returns how flags and experiments name it: `iris.csv:` and its digest
 * @throws ExperimentError if it has over 64 MiB
 */
export async function addDataFile(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  { path = null }: { path?: string | null } = {},
): Promise<string> {
  if (bytes.length > dataLimit) {
    throw new ExperimentError(
      `The data file ${name} has ${bytes.length} bytes; allowed are ${dataLimit}.`,
    );
  }
  const digest = await sha256(bytes);
  if (!known.has(digest)) known.set(digest, { bytes, path });
  return referenceText({ name, sha256: digest });
}

/** Whether this process has a data file. */
export function hasDataFile({ sha256: digest }: DataReference): boolean {
  return known.has(digest);
}

/**
 * The bytes of a data file.
 *
 * @throws ExperimentError if this process does not have it
 */
export function findDataFile(reference: DataReference): Uint8Array<ArrayBuffer> {
  const found = known.get(reference.sha256);
  if (found !== undefined) return found.bytes;
  throw new ExperimentError(
    `The data file ${reference.name} (sha256 ${reference.sha256}) is not here; give it with its flag or keep it in the run's folder.`,
  );
}

/** The data files of this process that other ones can read from a disk. */
export function dataFilesOnDisk(): { path: string; sha256: string }[] {
  return Array.from(known, ([digest, { path }]) => ({ path, sha256: digest })).flatMap(
    ({ path, ...rest }) => (path === null ? [] : { path, ...rest }),
  );
}
