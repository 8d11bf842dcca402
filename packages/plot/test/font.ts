import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A font whose letters, 重み減衰 and שלום alone, are rectangles. */
export const FIXTURE_FONT = fileURLToPath(new URL("../fixtures/font.ttf", import.meta.url));

export function fixtureFont(): Uint8Array {
  return new Uint8Array(readFileSync(FIXTURE_FONT));
}

/** A text's bytes and numbers of four bytes, one after another. */
export function bytesOf(tag: string, ...numbers: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(tag.length + 4 * numbers.length));
  new TextEncoder().encodeInto(tag, new Uint8Array(view.buffer));
  numbers.forEach((each, i) => {
    view.setUint32(tag.length + 4 * i, each);
  });
  return new Uint8Array(view.buffer);
}
