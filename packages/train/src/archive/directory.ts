import { printable } from "../experiment/printable";
import { ArchiveError } from "./archive-error";
import type { ArchiveLimits } from "./limits";

/** A file or folder as the list at an archive's end has it. */
export interface ArchiveEntry {
  /** As it stands there; a folder's ends in a slash. */
  name: string;
  /** 0: as it is; 8: deflated. */
  method: 0 | 8;
  crc: number;
  packedSize: number;
  size: number;
  /** Where its data begins. */
  start: number;
}

const endSize = 22;
const centralSize = 46;
const localSize = 30;
const encrypted = 1 | (1 << 6) | (1 << 13);
const longestName = 1024;
const fileKind = 0o170000;

/**
 * Reads the list of a ZIP archive (APPNOTE 6.3.10), strictly: one volume, no ZIP64, nothing before
 * the first file, nothing between the list and its end; what a file says of itself before its data
 * agrees with the list, and no two files share data. Sizes are claims until the data is unpacked.
 *
 * @throws ArchiveError in a sentence
 */
export function readDirectory(bytes: Uint8Array, limits: ArchiveLimits): ArchiveEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, end } = readEnd(view);
  if (count > limits.entries) {
    throw new ArchiveError(`The archive has ${count} files; allowed are ${limits.entries}.`);
  }
  const entries: ArchiveEntry[] = [];
  let position = start;
  let free = 0;
  for (let i = 0; i < count; i++) {
    if (position + centralSize > end || view.getUint32(position, true) !== 0x02014b50) {
      throw new ArchiveError("The archive's list of files is damaged.");
    }
    const length = [28, 30, 32].map((at) => view.getUint16(position + at, true));
    const nameEnd = position + centralSize + (length[0] as number);
    const next = nameEnd + (length[1] as number) + (length[2] as number);
    if (next > end) throw new ArchiveError("The archive's list of files is damaged.");
    const name = readName(bytes.subarray(position + centralSize, nameEnd));
    const { entry, dataEnd } = readEntry(view, bytes, position, name, start, free);
    entries.push(entry);
    free = dataEnd;
    position = next;
  }
  if (position !== end) throw new ArchiveError("The archive's list of files is damaged.");
  return entries;
}

/** Where the list lies: its own record ends the archive, except a comment. */
function readEnd(view: DataView): { count: number; start: number; end: number } {
  const at = view.byteLength - endSize;
  if (at < 0 || view.getUint32(at, true) !== 0x06054b50) {
    throw new ArchiveError(
      "The file is no ZIP archive, is cut short, or has something behind its end, which is not allowed.",
    );
  }
  const [disk, listDisk, here, count] = [4, 6, 8, 10].map((offset) =>
    view.getUint16(at + offset, true),
  ) as [number, number, number, number];
  const size = view.getUint32(at + 12, true);
  const start = view.getUint32(at + 16, true);
  if (disk !== 0 || listDisk !== 0 || here !== count || view.getUint16(at + 20, true) !== 0) {
    throw new ArchiveError("The archive has several volumes or a comment, which is not allowed.");
  }
  if (start + size !== at) {
    throw new ArchiveError("The archive's list of files is not where it says, or it is ZIP64.");
  }
  return { count, start, end: at };
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  name: string,
  listStart: number,
  free: number,
): { entry: ArchiveEntry; dataEnd: number } {
  const shown = printable(name);
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const [crc, packedSize, size] = [16, 20, 24].map((offset) =>
    view.getUint32(at + offset, true),
  ) as [number, number, number];
  const mode = view.getUint32(at + 38, true) >>> 16;
  const local = view.getUint32(at + 42, true);
  if ((flags & encrypted) !== 0) throw new ArchiveError(`${shown} is encrypted.`);
  if (method !== 0 && method !== 8) {
    throw new ArchiveError(
      `${shown} is packed by method ${method}; allowed are 0 (stored) and 8 (deflated).`,
    );
  }
  const kind = name.endsWith("/") ? 0o040000 : 0o100000;
  // Systems without modes leave them 0.
  if ((mode & fileKind) !== 0 && (mode & fileKind) !== kind) {
    throw new ArchiveError(`${shown} is a link or a device; only files and folders are allowed.`);
  }
  if (local < free || local + localSize > listStart || view.getUint32(local, true) !== 0x04034b50) {
    throw new ArchiveError(`${shown} does not lie behind the file before it.`);
  }
  if (free === 0 && local !== 0) {
    throw new ArchiveError("The archive has something before its first file.");
  }
  const nameEnd = local + localSize + view.getUint16(local + 26, true);
  const start = nameEnd + view.getUint16(local + 28, true);
  const dataEnd = start + packedSize;
  if (dataEnd > listStart) throw new ArchiveError(`${shown} is cut short.`);
  const agrees =
    view.getUint16(local + 6, true) === flags &&
    view.getUint16(local + 8, true) === method &&
    readName(bytes.subarray(local + localSize, nameEnd)) === name;
  if (!agrees) throw new ArchiveError(`${shown} says something else of itself than the list does.`);
  return { entry: { name, method, crc, packedSize, size, start }, dataEnd };
}

/**
 * A name as UTF-8, which archivers write with and without saying so; byte by byte where it is none,
 * as older ones use a code page that they do not name.
 */
function readName(bytes: Uint8Array): string {
  if (bytes.length > longestName) {
    throw new ArchiveError(
      `A name in the archive has ${bytes.length} bytes; allowed are ${longestName}.`,
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return String.fromCharCode(...bytes);
  }
}
