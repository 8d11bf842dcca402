import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIXTURE_FONT, fixtureFont } from "../../test/font";
import { svgToPng } from "../png";
import { SystemFonts } from "./system-fonts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "grok-fonts-"));
  await mkdir(join(folder, "truetype", "fixture"), { recursive: true });
  await copyFile(FIXTURE_FONT, join(folder, "truetype", "fixture", "Fixture.TTF"));
  await writeFile(join(folder, "broken.ttf"), fixtureFont().subarray(0, 90));
  await writeFile(join(folder, "empty.otf"), "");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const svg = (title: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="30" font-size="24" font-family="Inter">${title}</text></svg>`;

describe("SystemFonts", () => {
  it("finds a font in a folder, and draws with it", async () => {
    const fonts = new SystemFonts({ folders: [join(folder, "nowhere"), folder] });
    const title = svg("減衰 0.1");
    const png = await svgToPng(title, { fallback: fonts });
    expect(fonts.missing.size).toBe(0);
    expect(png).toEqual(
      await svgToPng(title, { fallback: new SystemFonts({ files: [FIXTURE_FONT], folders: [] }) }),
    );
    expect(png).not.toEqual(await svgToPng(title));
  });

  it("leaves pictures that need no other font as they are, and searches nothing", async () => {
    const plain = svg("Weight decay ÷ β ∘");
    const fallback = { fontsFor: () => Promise.reject(new Error("not needed")) };
    expect(await svgToPng(plain, { fallback })).toEqual(await svgToPng(plain));
  });

  it("names what no font has, and what could be set only by one font that has all of a line", async () => {
    const fonts = new SystemFonts({ folders: [folder] });
    await svgToPng(svg("重み語"), { fallback: fonts });
    expect([...fonts.missing]).toEqual(["語"]);
    await svgToPng(svg("lr \u05e9\u05b8\u05dc"), { fallback: fonts });
    expect([...fonts.missing]).toEqual(["語", "\u05e9", "\u05b8", "\u05dc"]);
  });

  it("draws text of mixed directions, of many marks, and of nothing whole", async () => {
    const fonts = new SystemFonts({ folders: [folder] });
    const titles = [
      "abc שלום 12 重",
      "\u202eabc\u202c",
      "\u0301",
      `x${"\u0301".repeat(300)}`,
      "👩‍👩‍👧 🇩🇪",
      "\ue000\u{e0001}",
    ];
    for (const title of titles) {
      expect((await svgToPng(svg(title), { fallback: fonts })).length).toBeGreaterThan(100);
    }
  });

  it("refuses a given file that is no font", async () => {
    for (const [file, reason] of [
      [join(folder, "empty.otf"), "is no TrueType or OpenType font"],
      [folder, "is no file that can be read"],
      [join(folder, "none.ttf"), "is no file that can be read"],
    ] as const) {
      await expect(new SystemFonts({ files: [file] }).check()).rejects.toThrow(reason);
    }
  });
});
