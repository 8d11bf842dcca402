import { deflateRawSync } from "node:zlib";
import { joined } from "./mutate";

/** A file for an archive, and what is wrong about it. */
export interface ZipEntry {
  name: string;
  content: Uint8Array;
  deflated: boolean;
  /** A byte to set in its place in the list. */
  patch: { at: number; value: number } | undefined;
}

/** Writes a ZIP archive, whatever the names. The checksums are right. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let position = 0;
  for (const { name, content, deflated, patch } of entries) {
    const packed = deflated ? new Uint8Array(deflateRawSync(content)) : content;
    const called = new TextEncoder().encode(name);
    const common = new Uint8Array(26);
    const view = new DataView(common.buffer);
    view.setUint16(0, 20, true);
    view.setUint16(4, deflated ? 8 : 0, true);
    view.setUint32(10, crc(content), true);
    view.setUint32(14, packed.length, true);
    view.setUint32(18, content.length, true);
    view.setUint16(22, called.length, true);
    const file = joined(Uint8Array.of(0x50, 0x4b, 3, 4), common, called, packed);
    const place = new Uint8Array(14);
    new DataView(place.buffer).setUint32(10, position, true);
    const entry = joined(Uint8Array.of(0x50, 0x4b, 1, 2, 20, 0), common, place, called);
    if (patch !== undefined) entry[patch.at] = patch.value;
    files.push(file);
    list.push(entry);
    position += file.length;
  }
  const end = new Uint8Array(22);
  const view = new DataView(end.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(
    12,
    list.reduce((sum, { length }) => sum + length, 0),
    true,
  );
  view.setUint32(16, position, true);
  return joined(...files, ...list, end);
}

/** CRC-32, bit by bit: slow, and written apart from the one that is tried. */
function crc(bytes: Uint8Array): number {
  // A mebibyte of zeros, bit by bit, is too slow to do every time.
  if (bytes.length === 2 ** 20) return 0xa738ea1c;
  let remainder = ~0;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++)
      remainder = (remainder >>> 1) ^ (-(remainder & 1) & 0xedb88320);
  }
  return ~remainder >>> 0;
}
