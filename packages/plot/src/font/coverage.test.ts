import { describe, expect, it } from "vitest";
import { bytesOf, fixtureFont } from "../../test/font";
import { coverageOfBytes } from "./coverage";
import { bundledFonts } from "./font";

async function has(font: Uint8Array, text: string): Promise<boolean[]> {
  const coverage = await coverageOfBytes(font);
  return Array.from(text, (each) => coverage?.(each.codePointAt(0) as number) === true);
}

describe("coverageOfBytes", () => {
  it("is what a font has glyphs for, by either format of its table", async () => {
    const [inter, , math] = await bundledFonts();
    expect(await has(inter as Uint8Array, "Aé÷β")).toEqual([true, true, true, true]);
    expect(await has(inter as Uint8Array, "重ש𝔸")).toEqual([false, false, false]);
    // Noto Sans Math has a table for all planes.
    expect(await has(math as Uint8Array, "∘⊥𝔸重")).toEqual([true, true, true, false]);
    expect(await has(fixtureFont(), "重み減衰שA")).toEqual([true, true, true, true, true, false]);
  });

  it("takes the fonts of a collection together", async () => {
    const fixture = fixtureFont();
    const header = bytesOf("ttcf", 0x00010000, 1, 16);
    const collection = new Uint8Array([...header, ...shifted(fixture, header.length)]);
    expect(await has(collection, "重A")).toEqual([true, false]);
  });

  it("is null for what is no font, and for one that is cut off", async () => {
    expect(await coverageOfBytes(new TextEncoder().encode("wOF2 and so on"))).toBeNull();
    expect(await coverageOfBytes(new Uint8Array())).toBeNull();
    const fixture = fixtureFont();
    for (let end = 1; end < 400; end += 7) {
      const coverage = await coverageOfBytes(fixture.subarray(0, end));
      expect(() => coverage?.(0x91cd)).not.toThrow();
    }
  });

  it("passes over fonts of bitmaps, of which nothing would be drawn", async () => {
    const fixture = fixtureFont();
    const at = Buffer.from(fixture).indexOf("glyf");
    const bitmaps = fixture.slice();
    bitmaps.set(new TextEncoder().encode("CBDT"), at);
    expect(await coverageOfBytes(bitmaps)).toBeNull();
  });
});

/** A font whose tables lie further back by some bytes. */
function shifted(font: Uint8Array, by: number): Uint8Array {
  const copy = font.slice();
  const view = new DataView(copy.buffer);
  for (let i = 0; i < view.getUint16(4); i++) {
    const at = 12 + 16 * i + 8;
    view.setUint32(at, view.getUint32(at) + by);
  }
  return copy;
}
