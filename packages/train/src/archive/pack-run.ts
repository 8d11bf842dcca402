import { configName } from "../run/names";
import { ArchiveError } from "./archive-error";
import { ArchiveWriter } from "./archive-writer";

/**
 * Packs the files of a run into a ZIP archive, which {@link unpackRun} and any archiver reads. The
 * same files give the same bytes, in whatever order. Weights and pictures are stored as they are.
 *
 * @param files by their names in the run's folder
 * @throws ArchiveError if a name is no run's, config.json is missing, or `unpackRun` would refuse so
 * many files or bytes
 */
export function packRun(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  if (!files.has(configName))
    throw new ArchiveError(`A run has a ${configName}; this one has none.`);
  const writer = new ArchiveWriter();
  const pieces = [...files.keys()]
    .sort()
    .map((name) => writer.add(name, files.get(name) as Uint8Array));
  pieces.push(writer.end());
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
