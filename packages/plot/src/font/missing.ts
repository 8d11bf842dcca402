import { type Coverage, coverageOfBytes } from "./coverage";

/** What draws nothing of its own: spaces, controls, joiners, marks of direction. */
const INVISIBLE = /[\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

const coverages = new WeakMap<Uint8Array, Promise<Coverage | null>>();

/** The lines of text that an SVG shows, each once, as far as they have visible characters. */
export function shownLines(svg: string): string[] {
  const lines = svg
    .replace(/<(style|title|desc)\b.*?<\/\1>|<!--.*?-->/gs, "")
    // A tspan is a part of its line.
    .replace(/<\/?tspan\b[^>]*>/g, "")
    .split(/<[^>]*>/)
    .map((line) => line.replace(/&(?:#(x?)([0-9a-f]+)|(\w+));/gi, decoded).trim());
  return [...new Set(lines)].filter((line) => visible(line).length > 0);
}

/** The characters of text that can be seen, each once. */
export function visible(text: string): string[] {
  return [...new Set(text)].filter((character) => !INVISIBLE.test(character));
}

/** Those of a text's visible characters that none of the fonts has. */
export async function missingIn(text: string, fonts: readonly Uint8Array[]): Promise<string[]> {
  let missing = visible(text);
  for (const font of fonts) {
    if (missing.length === 0) break;
    const has = await cachedCoverage(font);
    if (has !== null) missing = missing.filter((each) => !has(each.codePointAt(0) as number));
  }
  return missing;
}

function cachedCoverage(font: Uint8Array): Promise<Coverage | null> {
  const known = coverages.get(font) ?? coverageOfBytes(font);
  coverages.set(font, known);
  return known;
}

/** A character reference of XML; the named ones stand for ASCII, which every font has. */
function decoded(_: string, hex = "", digits = "", name = ""): string {
  if (name !== "") return "&";
  return String.fromCodePoint(
    Math.min(0x10ffff, Number.parseInt(digits, hex === "" ? 10 : 16) || 0xfffd),
  );
}
