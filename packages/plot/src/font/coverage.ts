/** Reads part of a font file; fewer bytes than asked for at the file's end. */
export type ReadFont = (offset: number, length: number) => Promise<DataView> | DataView;

/** Whether a font has a glyph for a code point. */
export type Coverage = (codePoint: number) => boolean;

/** Fonts of one collection file, and tables of one font, at most: real ones have some twenty. */
const MOST = 256;
const LARGEST_TABLE = 1 << 24;

/** Glyphs that are outlines: resvg draws nothing of a font that has bitmaps alone, as of emoji. */
const OUTLINES = ["glyf", "CFF ", "CFF2"];
const BITMAPS = ["sbix", "CBDT"];

/**
 * Which characters a font file has, by its table `cmap` (OpenType 1.9, formats 4 and 12), of which no
 * more is read than needed. Of a collection, those of any of its fonts.
 *
 * @returns null if this is no TrueType or OpenType file, or one without outlines
 */
export async function coverageOf(read: ReadFont): Promise<Coverage | null> {
  const fonts: Coverage[] = [];
  try {
    for (const offset of await fontOffsets(read)) {
      const font = await fontCoverage(read, offset);
      if (font !== null) fonts.push(font);
    }
  } catch (error) {
    // What points outside of its file is damaged.
    if (!(error instanceof RangeError)) throw error;
  }
  return fonts.length === 0 ? null : (codePoint) => fonts.some((has) => has(codePoint));
}

/** Which characters a font in memory has; null as of {@link coverageOf}. */
export function coverageOfBytes(bytes: Uint8Array): Promise<Coverage | null> {
  return coverageOf((offset, length) => {
    const part = bytes.subarray(offset, offset + length);
    return new DataView(part.buffer, part.byteOffset, part.byteLength);
  });
}

async function fontOffsets(read: ReadFont): Promise<number[]> {
  const header = await read(0, 12);
  const magic = tagAt(header, 0);
  if (["\0\x01\0\0", "OTTO", "true"].includes(magic)) return [0];
  if (magic !== "ttcf") return [];
  const count = Math.min(MOST, header.getUint32(8));
  const offsets = await read(12, 4 * count);
  return Array.from({ length: count }, (_, i) => offsets.getUint32(4 * i));
}

async function fontCoverage(read: ReadFont, font: number): Promise<Coverage | null> {
  const count = Math.min(MOST, (await read(font, 12)).getUint16(4));
  const directory = await read(font + 12, 16 * count);
  const tables = new Map<string, { offset: number; length: number }>();
  for (let at = 0; at < 16 * count; at += 16) {
    const place = { offset: directory.getUint32(at + 8), length: directory.getUint32(at + 12) };
    tables.set(tagAt(directory, at), place);
  }
  const cmap = tables.get("cmap");
  const isDrawn =
    OUTLINES.some((tag) => tables.has(tag)) && !BITMAPS.some((tag) => tables.has(tag));
  if (!isDrawn || cmap === undefined || cmap.length > LARGEST_TABLE) return null;
  return cmapCoverage(await read(cmap.offset, cmap.length));
}

function cmapCoverage(cmap: DataView): Coverage | null {
  const subtables = Array.from({ length: cmap.getUint16(2) }, (_, i) => {
    const platform = cmap.getUint16(4 + 8 * i);
    const offset = cmap.getUint32(8 + 8 * i);
    // Platform 0 is Unicode, 3 Windows, whose encodings 1 and 10 are Unicode, too.
    const isUnicode = platform === 0 || [1, 10].includes(cmap.getUint16(6 + 8 * i));
    return { offset, format: platform === 1 || !isUnicode ? 0 : cmap.getUint16(offset) };
  });
  const whole = subtables.find(({ format }) => format === 12);
  if (whole !== undefined) return groups(cmap, whole.offset);
  const basic = subtables.find(({ format }) => format === 4);
  return basic === undefined ? null : segments(cmap, basic.offset);
}

/** Format 12: groups of consecutive code points. */
function groups(cmap: DataView, at: number): Coverage {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let i = 0, n = cmap.getUint32(at + 12); i < n; i++) {
    starts.push(cmap.getUint32(at + 16 + 12 * i));
    ends.push(cmap.getUint32(at + 20 + 12 * i));
  }
  return (codePoint) => {
    const i = ends.findIndex((end) => end >= codePoint);
    return i >= 0 && codePoint >= (starts[i] as number);
  };
}

/** Format 4: segments of the basic plane, some of which list their glyphs; glyph 0 is the missing one. */
function segments(cmap: DataView, at: number): Coverage {
  const twice = cmap.getUint16(at + 6);
  const [ends, starts] = [at + 14, at + 16 + twice];
  const [deltas, offsets] = [starts + twice, starts + 2 * twice];
  return (codePoint) => {
    if (codePoint > 0xffff) return false;
    for (let i = 0; i < twice; i += 2) {
      if (cmap.getUint16(ends + i) < codePoint) continue;
      const start = cmap.getUint16(starts + i);
      if (start > codePoint) return false;
      const offset = cmap.getUint16(offsets + i);
      const delta = cmap.getUint16(deltas + i);
      if (offset === 0) return ((codePoint + delta) & 0xffff) !== 0;
      const place = offsets + i + offset + 2 * (codePoint - start);
      return place + 2 <= cmap.byteLength && cmap.getUint16(place) !== 0;
    }
    return false;
  };
}

function tagAt(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, i) => view.getUint8(at + i)));
}
