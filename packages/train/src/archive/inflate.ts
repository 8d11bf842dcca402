import { Inflate } from "fflate";
import { ArchiveError } from "./archive-error";

/** Compressed bytes given at a time: they become 4 MiB at most before the limit is looked at. */
const portion = 4096;

/**
 * Decompresses a deflated stream to exactly `size` bytes, and never holds much more: what the stream
 * really becomes is counted as it comes.
 *
 * @throws ArchiveError if it is damaged, or has another size
 */
export function inflate(packed: Uint8Array, size: number, name: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let length = 0;
  let isOver = false;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > size) isOver = true;
    else bytes.set(chunk, length);
    length += chunk.length;
  });
  for (let start = 0; start < packed.length; start += portion) {
    const end = Math.min(start + portion, packed.length);
    try {
      stream.push(packed.subarray(start, end), end === packed.length);
    } catch (error) {
      throw new ArchiveError(`${name} is damaged: its data cannot be unpacked.`, { cause: error });
    }
    if (isOver) throw new ArchiveError(`${name} is larger than the ${size} bytes that it says.`);
  }
  if (length !== size) {
    throw new ArchiveError(`${name} has ${length} bytes instead of the ${size} that it says.`);
  }
  return bytes;
}
