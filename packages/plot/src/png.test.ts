import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ADDITION } from "../test/runs";
import { accuracyFigure } from "./figures/accuracy-figure";
import { bundledFonts } from "./font/font";
import { rasterize, svgToPng } from "./png";

const SVG = accuracyFigure(ADDITION, {
  title: "Addition mod 97",
  milestones: { t_mem: 800, t_grok: 251_800 },
});

/** How many pixels differ between two pictures of one size, within the given rows. */
function differing(
  a: { pixels: Uint8Array; width: number },
  b: { pixels: Uint8Array },
  from: number,
  to: number,
): number {
  let count = 0;
  for (let i = 4 * a.width * from; i < 4 * a.width * to; i += 4) {
    if (Math.abs((a.pixels[i] as number) - (b.pixels[i] as number)) > 64) count++;
  }
  return count;
}

function text(content: string, attributes = ""): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><text x="5" y="30" font-size="24" font-family="Inter, sans-serif" ${attributes}>${content}</text></svg>`;
}

describe("svgToPng", () => {
  it("makes a PNG file of the size asked for", async () => {
    for (const [scale, width, height] of [
      [undefined, 1280, 800],
      [1, 640, 400],
      [0.5, 320, 200],
    ] as const) {
      const png = await svgToPng(SVG, { scale });
      expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
      const header = new DataView(png.buffer, png.byteOffset);
      expect([header.getUint32(16), header.getUint32(20)]).toEqual([width, height]);
    }
  });

  it("is opaque white outside the drawing", async () => {
    const { pixels } = await rasterize(SVG, { scale: 1 });
    expect([...pixels.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  });

  it("draws the text: without its fonts it is another picture", async () => {
    const drawn = await rasterize(SVG, { scale: 1 });
    const bare = await rasterize(SVG, { scale: 1, font: [] });
    expect(drawn.width * drawn.height * 4).toBe(drawn.pixels.length);
    // The title's rows, the rows of the axis label, and the rest.
    expect(differing(drawn, bare, 12, 32)).toBeGreaterThan(200);
    expect(differing(drawn, bare, 374, 396)).toBeGreaterThan(200);
    expect(differing(drawn, drawn, 0, drawn.height)).toBe(0);
  });

  it("draws semi-bold letters, Greek and the operators that Inter lacks", async () => {
    // Without a background, what is drawn is what is not transparent.
    const ink = async (content: string, attributes?: string) => {
      const { pixels } = await rasterize(text(content, attributes), { scale: 1 });
      return pixels.filter((value, i) => i % 4 === 3 && value > 64).length;
    };
    expect(await ink("")).toBe(0);
    expect(await ink("Title", 'font-weight="600"')).toBeGreaterThan(1.1 * (await ink("Title")));
    for (const letter of ["β", "÷", "−", "≥", "∘", "⊥", "∈"]) {
      expect(await ink(letter)).toBeGreaterThan(10);
    }
  });

  it("gives the same bytes each time and on every machine", async () => {
    const png = await svgToPng(SVG);
    expect(await svgToPng(SVG)).toEqual(png);
    expect(createHash("sha256").update(png).digest("hex")).toMatchInlineSnapshot(
      `"3f899886d8cfe50e1a92c4091879ec6faa2019f01d9572d1561c79452dc520a0"`,
    );
  });

  it("draws titles with characters that XML does not allow, as �", async () => {
    const title = "a\0b\u001b[31mc\ufffe\ud800d";
    const svg = accuracyFigure(ADDITION, { title });
    expect(svg).toContain("a�b�[31mc��d");
    expect(await svgToPng(svg)).toHaveProperty("length");
  });

  it("takes fonts as bytes or buffers", async () => {
    const fonts = await bundledFonts();
    const buffers = fonts.map((font) => new Uint8Array(font).buffer);
    expect(await svgToPng(SVG, { font: buffers })).toEqual(await svgToPng(SVG));
  });

  it("says what is wrong", async () => {
    await expect(svgToPng(SVG, { scale: 0 })).rejects.toThrow("scale is 0");
    const notXml = await svgToPng("no picture").catch((error: unknown) => error);
    expect(notXml).toBeInstanceOf(TypeError);
    expect((notXml as Error).message).toBe(
      "svgToPng: this is no SVG that can be drawn; its XML must be well formed",
    );
    expect((notXml as Error).cause).toBeInstanceOf(Error);
    const woff = new TextEncoder().encode("wOF2 and so on");
    await expect(svgToPng(SVG, { font: woff })).rejects.toThrow('begins with "wOF2"');
  });
});
