import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Coverage, coverageOf } from "../font/coverage";

const DEEPEST = 6;
/** Files that are looked at; a system has some hundreds. */
const MAX_FILES = 5000;

/** The font files in folders and below, those first that suit a figure's labels: upright, without serifs. */
export async function fontFiles(folders: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const folder of folders) await collect(folder, DEEPEST, found);
  return [...found].sort((a, b) => oddity(a) - oddity(b) || (a < b ? -1 : 1)).slice(0, MAX_FILES);
}

async function collect(folder: string, depth: number, found: Set<string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 0) await collect(path, depth - 1, found);
    else if (/\.(ttf|otf|ttc|otc)$/i.test(entry.name)) found.add(path);
  }
}

/** How far a font is from plain sans serif, by its file's name. */
function oddity(file: string): number {
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  const isStyled = /italic|oblique|mono|condensed|narrow|black|thin|light|bold|display|nastaliq/i;
  const isSerif = /(?<!sans)serif|mincho|song|ming|kai|slab/i;
  return (isStyled.test(name) ? 2 : 0) + (isSerif.test(name) ? 1 : 0);
}

/** Which characters a font file has; null if it cannot be read, or is no font with outlines. */
export async function fileCoverage(file: string): Promise<Coverage | null> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return null;
  try {
    return await coverageOf(async (offset, length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
      return new DataView(buffer.buffer, buffer.byteOffset, bytesRead);
    });
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
