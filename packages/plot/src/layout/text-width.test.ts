import { describe, expect, it } from "vitest";
import { bundledFonts } from "../font/font";
import { loadResvg } from "../resvg";
import { textWidth, wrapText } from "./text-width";

/** The width of the letters between two bars, by resvg: the distance that they push the bars apart. */
async function measured(text: string, weight: 400 | 600, size: number): Promise<number> {
  const { Resvg } = await loadResvg();
  const fontBuffers = await bundledFonts();
  const extent = (content: string) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="100"><text x="9" y="60" font-family="Inter" font-weight="${weight}" font-size="${size}">${content}</text></svg>`;
    const picture = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: "Inter" } });
    return picture.getBBox()?.width ?? Number.NaN;
  };
  return extent(`|${text}|`) - extent("||");
}

describe("textWidth", () => {
  it.each([400, 600] as const)("is what resvg draws in Inter %i", async (weight) => {
    let largest = 0;
    for (const text of [
      "validation (N = 5)",
      "100k",
      "1,126,000",
      "Optimization steps",
      "AWMQ?#",
    ]) {
      const width = textWidth(text, { size: 20, weight });
      const drawn = await measured(text, weight, 20);
      largest = Math.max(largest, Math.abs(width / drawn - 1));
      expect(width / drawn).toBeGreaterThan(0.99);
      // Kerning, which is left out, only makes the drawn text narrower.
      expect(width / drawn).toBeLessThan(1.04);
    }
    console.log(`textWidth, weight ${weight}: at most ${(100 * largest).toFixed(2)}% off`);
  });

  it("does not count the marks of subscripts, and sets their letters smaller", () => {
    const size = 10;
    expect(textWidth("t_{mem}", { size })).toBeCloseTo(
      textWidth("t", { size }) + 0.74 * textWidth("mem", { size }),
    );
  });

  it("makes no room for marks on letters, nor for what is not drawn", () => {
    expect(textWidth("e\u0301\u0302\u200d\u202e", { size: 20 })).toBe(textWidth("e", { size: 20 }));
  });

  it("makes room for letters outside ASCII", async () => {
    for (const text of ["x ÷ y ∘ β ≥ α", "−×·–"]) {
      expect(textWidth(text, { size: 20 })).toBeGreaterThan(0.99 * (await measured(text, 400, 20)));
    }
  });
});

describe("wrapText", () => {
  it("breaks at spaces and keeps every word", () => {
    const text = "Addition mod 97, an MLP with 168,929 parameters";
    const lines = wrapText(text, 120, { size: 15, weight: 600 });
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join(" ")).toBe(text);
    for (const line of lines) expect(textWidth(line, { size: 15, weight: 600 })).toBeLessThan(120);
    expect(wrapText("one two", 1, { size: 10 })).toEqual(["one", "two"]);
    expect(wrapText("one\ntwo  three", 999, { size: 10 })).toEqual(["one", "two three"]);
  });

  it("breaks between ideographs, and leaves closing punctuation where it belongs", () => {
    const lines = wrapText("重み減衰を上げる。lr 0.1 と、汎化が早まる。", 60, { size: 15 });
    expect(lines).toEqual(["重み減衰", "を上げ", "る。lr", "0.1 と、", "汎化が早", "まる。"]);
    for (const line of lines) expect(textWidth(line, { size: 15 })).toBeLessThanOrEqual(61);
  });
});
