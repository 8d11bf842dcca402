import { readFile, stat } from "node:fs/promises";
import type { FontFallback } from "../font/fallback";
import { bundledFonts, isFont } from "../font/font";
import { missingIn, visible } from "../font/missing";
import { fileCoverage, fontFiles } from "./font-files";
import { fontFolders } from "./font-folders";

/** A font is read whole into the renderer's memory; those with all of Chinese, Japanese and Korean have up to 120 MB. */
const LARGEST = 256 * 2 ** 20;

/** Where letters join or stack, so that the renderer can set a line only from one font that has all of it. */
const COMPLEX = /[\p{M}\p{Script=Arabic}\p{Script=Syriac}]/u;

/** Settings of {@link SystemFonts}. */
export interface SystemFontsOptions {
  /** Font files that are taken before those of the system. */
  readonly files?: readonly string[];
  /** Folders that are searched, with those below; default: those of the system and of its user. */
  readonly folders?: readonly string[];
}

/**
 * Fonts for text that a figure's own fonts cannot set: first the given files, then fonts found on the
 * system. What is found is kept, so that many pictures are drawn with one search.
 */
export class SystemFonts implements FontFallback {
  /** Characters that are, or may be, drawn as boxes in the pictures so far. */
  readonly missing = new Set<string>();
  readonly #given: readonly string[];
  readonly #folders: readonly string[];
  readonly #loaded = new Map<string, Uint8Array>();
  readonly #sought = new Set<string>();

  constructor({ files = [], folders = fontFolders() }: SystemFontsOptions = {}) {
    this.#given = files;
    this.#folders = folders;
  }

  /**
   * Reads the given files, before anything is drawn.
   *
   * @throws TypeError for a file that cannot be read, or is no TrueType or OpenType font
   */
  async check(): Promise<void> {
    for (const file of this.#given) await this.#load(file);
  }

  /** Gives the files of as few fonts as set these lines; none if the machine has none for them. */
  async fontsFor(lines: readonly string[]): Promise<readonly Uint8Array[]> {
    await this.check();
    for (const line of lines) {
      if (this.#sought.has(line)) continue;
      this.#sought.add(line);
      await this.#seek(line);
    }
    return [...this.#loaded.values()];
  }

  /** Finds one font for a line, or else several that have its characters between them. */
  async #seek(line: string): Promise<void> {
    const wanted = visible(line);
    for (const font of this.#loaded.values()) {
      if ((await missingIn(line, [font])).length === 0) return;
    }
    const lacking = await missingIn(line, await bundledFonts());
    const loaded = [...this.#loaded.values()];
    let missing = await missingIn(lacking.join(""), loaded);
    const isComplex = COMPLEX.test(line);
    if (missing.length === 0 && !isComplex) return;
    const parts = new Map<string, string[]>();
    for (const file of await fontFiles(this.#folders)) {
      const has = await fileCoverage(file);
      if (has === null) continue;
      const had = wanted.filter((each) => has(each.codePointAt(0) as number));
      if (had.length === wanted.length && (await this.#found(file))) return;
      if (had.length > 0) parts.set(file, had);
    }
    for (const [file, had] of parts) {
      const left = missing.filter((each) => !had.includes(each));
      if (left.length < missing.length && (await this.#found(file))) missing = left;
    }
    for (const each of isComplex ? lacking : missing) this.missing.add(each);
  }

  /** Reads a font of the system; one that cannot be is passed over. */
  #found(file: string): Promise<boolean> {
    return this.#load(file).then(
      () => true,
      () => false,
    );
  }

  async #load(file: string): Promise<void> {
    if (this.#loaded.has(file)) return;
    const size = await stat(file).then(
      (at) => (at.isFile() ? at.size : null),
      () => null,
    );
    if (size === null) throw new TypeError(`the font ${file} is no file that can be read`);
    if (size > LARGEST) throw new TypeError(`the font ${file} is larger than 256 MiB`);
    const bytes = await readFile(file);
    if (!isFont(bytes)) throw new TypeError(`${file} is no TrueType or OpenType font`);
    this.#loaded.set(file, bytes);
  }
}
