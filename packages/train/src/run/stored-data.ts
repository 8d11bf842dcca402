import { addDataFile, findDataFile, hasDataFile } from "../data-file/known";
import { dataAt, dataPath, dataReferences } from "../data-file/reference";
import { printable } from "../experiment/printable";
import { sha256 } from "./digest";
import { RunError } from "./error";
import type { RunFiles } from "./files";

/** What of an experiment names its data files. */
interface Named {
  readonly task: object;
}

/** Writes the data files of an experiment that its run's folder has not, as `data/DIGEST`. */
export async function writeDataFiles(
  files: Pick<RunFiles, "read" | "write">,
  { task }: Named,
): Promise<void> {
  for (const reference of dataReferences(task)) {
    const path = dataPath(reference);
    if (hasDataFile(reference) && (await files.read(path)) === null) {
      await files.write(path, findDataFile(reference));
    }
  }
}

/**
 * Reads the data files of an experiment from its run's folder, so that its task can be built.
 *
 * @throws RunError if one is missing or another than the experiment names
 */
export async function loadDataFiles(
  files: Pick<RunFiles, "folder" | "path" | "read">,
  { task }: Named,
): Promise<void> {
  for (const reference of dataReferences(task)) {
    if (hasDataFile(reference)) continue;
    const path = dataPath(reference);
    const bytes = await files.read(path);
    if (bytes === null) {
      throw new RunError(
        `${files.folder} was made with the data file ${printable(reference.name)} (sha256 ${reference.sha256}), which is missing: put it back as ${files.path(path)}.`,
      );
    }
    await checkDataFile({ task }, path, bytes);
    await addDataFile(reference.name, bytes);
  }
}

/**
 * Checks that a file of a run's data is what its experiment names, by digest.
 *
 * @param path the file's name in the run's folder
 * @throws RunError if it is another, or is not named
 */
export async function checkDataFile(
  { task }: Named,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const wanted = dataAt(path);
  if (!dataReferences(task).some((reference) => reference.sha256 === wanted)) {
    throw new RunError(`${path} is a data file that config.json does not name.`);
  }
  const digest = await sha256(bytes);
  if (digest === wanted) return;
  throw new RunError(
    `${path} is not the data file that the run was made with: its sha256 is ${digest}.`,
  );
}
