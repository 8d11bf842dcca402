import { writeFile } from "node:fs/promises";
import { SystemFonts } from "@grok/plot/node";
import { expect, it } from "vitest";
import { inFreshFolder, run } from "../../test/tiny";
import { fontNotice } from "./fonts";

inFreshFolder();

it("names the characters that no font has, and marks by their numbers", () => {
  const fonts = new SystemFonts({ folders: [] });
  expect(fontNotice(fonts)).toBe("");
  for (const each of "重み\u0301") fonts.missing.add(each);
  expect(fontNotice(fonts)).toBe(
    "No font was found that can set all of the text with 重 み U+0301, so the PNG files may show boxes in its place; the SVG files are right, and --font FILE gives a font.\n",
  );
  for (let i = 0; i < 40; i++) fonts.missing.add(String.fromCodePoint(0x4e00 + i));
  expect(fontNotice(fonts)).toContain(" and 31 more, so");
});

it("refuses a font that is none before anything is done", async () => {
  await writeFile("text.ttf", "wOF2");
  for (const [file, reason] of [
    ["none.ttf", "the font none.ttf is no file that can be read"],
    ["text.ttf", "text.ttf is no TrueType or OpenType font"],
  ] as const) {
    expect(await run(["train", "--font", file])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: `grok: --font must name a TrueType or OpenType file: ${reason}.\n`,
    });
  }
});
