import { printable } from "../experiment/printable";
import { byteLimit } from "../run/limits";
import { configName } from "../run/names";
import { ArchiveError } from "./archive-error";
import { crc32 } from "./crc32";
import { type ArchiveEntry, readDirectory } from "./directory";
import { inflate } from "./inflate";
import { type ArchiveLimits, archiveLimits } from "./limits";
import { isLitter } from "./litter";
import { isRunFile, isRunFolder } from "./run-names";

/** The files of a run by their names in its folder: `checkpoints/step-00001000.safetensors`. */
export type PackedFiles = Map<string, Uint8Array<ArrayBuffer>>;

/**
 * The files of a run that was packed into a ZIP archive, by us or by any archiver; one folder above
 * them, of any name, is taken off, and what systems leave in folders is ignored. Nothing but a run's
 * own names is accepted, so that no name leads anywhere else.
 *
 * What the files hold is not looked at: see `inspectRun`.
 *
 * @param limits default {@link archiveLimits}; counted while unpacking, whatever the archive says
 * @throws ArchiveError in a sentence, for anything else; nothing of it is then given
 */
export function unpackRun(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): PackedFiles {
  const allowed = { ...archiveLimits, ...limits };
  if (bytes.length > allowed.packed) {
    throw new ArchiveError(`The archive has ${bytes.length} bytes; allowed are ${allowed.packed}.`);
  }
  const entries = readDirectory(bytes, allowed)
    .map(withSlashes)
    .filter(({ name }) => !isLitter(name));
  const folder = leadingFolder(entries);
  const files: PackedFiles = new Map();
  let total = 0;
  for (const entry of entries) {
    // What lies beside the run's folder is none of its files.
    const name = entry.name.startsWith(folder) ? entry.name.slice(folder.length) : null;
    if (name === "" || (name !== null && isRunFolder(name))) {
      if (entry.size !== 0) throw new ArchiveError(`The folder ${printable(entry.name)} has data.`);
      continue;
    }
    if (name === null || !isRunFile(name)) {
      throw new ArchiveError(
        `${printable(entry.name)} is no file of a run: an archive may hold config.json, metrics.jsonl, summary.json, analysis.jsonl, checkpoints, plots, extensions and data, in at most one folder.`,
      );
    }
    if (files.has(name)) throw new ArchiveError(`${printable(name)} is in the archive twice.`);
    total += entry.size;
    checkSizes(entry, total, { ...allowed, entry: Math.min(allowed.entry, byteLimit(name)) });
    files.set(name, unpack(bytes, entry));
  }
  if (!files.has(configName)) {
    throw new ArchiveError(`The archive holds no run: it has no ${configName}.`);
  }
  return files;
}

/** Windows PowerShell packs names with backslashes; the files are the same. */
function withSlashes(entry: ArchiveEntry): ArchiveEntry {
  return { ...entry, name: entry.name.replaceAll("\\", "/") };
}

/**
 * The folder that the run lies in, with its slash; empty if it lies in none.
 *
 * @throws ArchiveError if several folders hold a run, or the only one lies within another
 */
function leadingFolder(entries: readonly ArchiveEntry[]): string {
  const folders = entries
    .filter(({ name }) => name === configName || name.endsWith(`/${configName}`))
    .map(({ name }) => name.slice(0, -configName.length));
  const [folder = "", other] = [...new Set(folders)].filter(isOneFolder);
  if (other !== undefined) {
    throw new ArchiveError(
      `The archive holds several runs, in ${shownFolder(folder)} and ${shownFolder(other)}; pack the folder of one run.`,
    );
  }
  const [deep = ""] = folders;
  if (folder === "" && deep !== "" && !folders.includes("")) {
    throw new ArchiveError(
      `The archive's run lies in ${shownFolder(deep)}; allowed is one folder above it, so pack the folder of the run itself.`,
    );
  }
  return folder;
}

/** Whether this is no folder, or one that lies in no other. */
function isOneFolder(folder: string): boolean {
  return folder === "" || (/^[^/]+\/$/.test(folder) && folder !== "./" && folder !== "../");
}

function shownFolder(folder: string): string {
  return folder === "" ? "the archive itself" : printable(folder);
}

function checkSizes(
  { name, size, packedSize }: ArchiveEntry,
  total: number,
  limits: ArchiveLimits,
): void {
  if (size > limits.entry) {
    throw new ArchiveError(`${name} has ${size} bytes; allowed are ${limits.entry}.`);
  }
  if (total > limits.total) {
    throw new ArchiveError(`The files have over ${limits.total} bytes in all, which is the limit.`);
  }
  // Small files compress as they like.
  if (size > 2 ** 16 && size > packedSize * limits.ratio) {
    throw new ArchiveError(
      `${name} becomes ${Math.round(size / Math.max(1, packedSize))} times as large when it is unpacked; allowed is ${limits.ratio} times.`,
    );
  }
}

function unpack(
  bytes: Uint8Array,
  { name, method, crc, size, packedSize, start }: ArchiveEntry,
): Uint8Array<ArrayBuffer> {
  const packed = bytes.subarray(start, start + packedSize);
  if (method === 0 && packedSize !== size) {
    throw new ArchiveError(`${name} is stored as it is, but says it has two sizes.`);
  }
  const file = method === 0 ? new Uint8Array(packed) : inflate(packed, size, name);
  if (crc32(file) !== crc) {
    throw new ArchiveError(`${name} does not have the checksum that the archive names.`);
  }
  return file;
}
