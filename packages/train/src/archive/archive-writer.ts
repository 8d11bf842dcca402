import { zipSync } from "fflate";
import { printable } from "../experiment/printable";
import { ArchiveError } from "./archive-error";
import { type ArchiveLimits, archiveLimits } from "./limits";
import { isRunFile } from "./run-names";

/** The first day that ZIP knows: an archive says nothing of when it was made. */
const epoch = new Date(1980, 0, 1);

const endSize = 22;

/** Where a record of the list at an archive's end says how large its file is, packed, and where it lies. */
const packedSizeField = 20;
const offsetField = 42;

/**
 * Writes a run's archive file by file, so that never more than one is held, and never one that
 * `unpackRun` would refuse for its size.
 *
 * @example
 * const writer = new ArchiveWriter();
 * for (const [name, bytes] of files) await file.write(writer.add(name, bytes));
 * await file.write(writer.end());
 */
export class ArchiveWriter {
  readonly #limits: ArchiveLimits;
  readonly #list: DataView[] = [];
  /** Bytes of the files so far, packed and not. */
  #packed = 0;
  #total = 0;

  constructor(limits: Partial<ArchiveLimits> = {}) {
    this.#limits = { ...archiveLimits, ...limits };
  }

  /**
   * The bytes of one more file. Weights and pictures are stored as they are.
   *
   * @throws ArchiveError if no run has such a file, or the archive would have too many or too much
   */
  add(name: string, bytes: Uint8Array): Uint8Array {
    if (!isRunFile(name)) throw new ArchiveError(`${printable(name)} is no file of a run.`);
    this.#total += bytes.length;
    checkArchiveSize([{ name, size: bytes.length }], this.#limits);
    this.#check(this.#list.length + 1, this.#total, this.#limits.total);
    let { file, record } = packed(name, bytes, /\.(json|jsonl|mjs|svg)$/.test(name) ? 6 : 0);
    // A reader takes a file that shrinks like that for a bomb.
    if (bytes.length > record.getUint32(packedSizeField, true) * this.#limits.ratio) {
      ({ file, record } = packed(name, bytes, 0));
    }
    record.setUint32(offsetField, this.#packed, true);
    this.#packed += file.length;
    this.#list.push(record);
    return file;
  }

  /** The list of files, which ends the archive. */
  end(): Uint8Array {
    const listSize = this.#list.reduce((sum, { byteLength }) => sum + byteLength, 0);
    this.#check(this.#list.length, this.#packed + listSize + endSize, this.#limits.packed);
    const bytes = new Uint8Array(listSize + endSize);
    let at = 0;
    for (const record of this.#list) {
      bytes.set(new Uint8Array(record.buffer), at);
      at += record.byteLength;
    }
    const end = new DataView(bytes.buffer, at);
    end.setUint32(0, 0x06054b50, true);
    end.setUint16(8, this.#list.length, true);
    end.setUint16(10, this.#list.length, true);
    end.setUint32(12, listSize, true);
    end.setUint32(16, this.#packed, true);
    return bytes;
  }

  #check(files: number, bytes: number, allowed: number): void {
    if (files <= this.#limits.entries && bytes <= allowed) return;
    throw tooLarge(files, bytes, { ...this.#limits, total: allowed });
  }
}

/**
 * Checks before anything is read that an archive may have files of these sizes.
 *
 * @throws ArchiveError in a sentence, if `unpackRun` would refuse it
 */
export function checkArchiveSize(
  files: readonly { name: string; size: number }[],
  limits: ArchiveLimits = archiveLimits,
): void {
  const large = files.find(({ size }) => size > limits.entry);
  if (large !== undefined) {
    throw new ArchiveError(
      `${printable(large.name)} has ${large.size} bytes; a file of an archive may have ${limits.entry}.`,
    );
  }
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (files.length > limits.entries || total > limits.total) {
    throw tooLarge(files.length, total, limits);
  }
}

function tooLarge(files: number, bytes: number, limits: ArchiveLimits): ArchiveError {
  return new ArchiveError(
    `The run has ${files} files of ${bytes} bytes in all; an archive may have ${limits.entries} of ${limits.total}, so fewer checkpoints fit.`,
  );
}

/** A file as an archive has it, with its header, and its record in the list. */
function packed(
  name: string,
  bytes: Uint8Array,
  level: 0 | 6,
): { file: Uint8Array; record: DataView } {
  const archive = zipSync({ [name]: [bytes, { level, mtime: epoch }] });
  const end = new DataView(archive.buffer, archive.byteOffset + archive.length - endSize);
  const start = end.getUint32(16, true);
  // The record is kept: as a copy it does not keep the file.
  const record = archive.slice(start, start + end.getUint32(12, true));
  return { file: archive.subarray(0, start), record: new DataView(record.buffer) };
}
