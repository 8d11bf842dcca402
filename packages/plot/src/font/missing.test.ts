import { expect, it } from "vitest";
import { fixtureFont } from "../../test/font";
import { bundledFonts } from "./font";
import { missingIn, shownLines } from "./missing";

it("finds what an SVG shows, as lines", () => {
  const svg = `<svg aria-label="衰"><style>text { fill: 黒 }</style><!-- 注 --><desc>説明</desc>
    <text>A &amp; B &#x91cd;&#12415;</text><text>t<tspan dy="3">減</tspan></text><text> \u200f\u00a0</text></svg>`;
  expect(shownLines(svg)).toEqual(["A & B 重み", "t減"]);
});

it("names what no font has, and nothing that cannot be seen", async () => {
  const fonts = await bundledFonts();
  const text = "lr 重み\u200d減\u202e衰 0.1 \u0301";
  expect(await missingIn(text, fonts)).toEqual(["重", "み", "減", "衰"]);
  expect(await missingIn(text, [...fonts, fixtureFont()])).toEqual([]);
});
