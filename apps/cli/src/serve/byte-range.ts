/** A part of a file, by its first and last byte. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The part of a file that a Range header asks for (RFC 9110, section 14), if it asks for one part
 * from a place on.
 *
 * @param header as `bytes=100-` or `bytes=100-199`
 * @param size of the file, in bytes
 * @returns null for no such header, which the whole file answers; "unsatisfiable" if the part begins
 * past the file's end
 */
export function byteRange(
  header: string | undefined,
  size: number,
): ByteRange | "unsatisfiable" | null {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (from === undefined) return null;
  const start = Number(from);
  const last = to === undefined || to === "" ? Number.POSITIVE_INFINITY : Number(to);
  if (last < start) return null;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(last, size - 1) };
}
