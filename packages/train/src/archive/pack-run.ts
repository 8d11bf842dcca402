import { type Zippable, zipSync } from "fflate";
import { printable } from "../experiment/printable";
import { configName } from "../run/names";
import { ArchiveError } from "./archive-error";
import { isRunFile } from "./run-names";

/** The first day that ZIP knows: an archive says nothing of when it was made. */
const epoch = new Date(1980, 0, 1);

/**
 * Packs the files of a run into a ZIP archive, which {@link unpackRun} and any archiver reads. The
 * same files give the same bytes, in whatever order. Weights and pictures are stored as they are.
 *
 * @param files by their names in the run's folder
 * @throws ArchiveError where a name is no run's, or config.json is missing
 */
export function packRun(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  if (!files.has(configName))
    throw new ArchiveError(`A run has a ${configName}; this one has none.`);
  const entries: Zippable = {};
  for (const name of [...files.keys()].sort()) {
    if (!isRunFile(name)) throw new ArchiveError(`${printable(name)} is no file of a run.`);
    const isText = /\.(json|jsonl|svg)$/.test(name);
    entries[name] = [files.get(name) as Uint8Array, { level: isText ? 6 : 0, mtime: epoch }];
  }
  return zipSync(entries) as Uint8Array<ArrayBuffer>;
}
