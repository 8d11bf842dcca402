import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RunError } from "../run/error";
import { checkPlot } from "./plot-file";

const gallery = fileURLToPath(new URL("../../../plot/gallery/", import.meta.url));
const svg = (inner: string) =>
  new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`);

describe("checkPlot", () => {
  it("accepts every figure that this project draws", async () => {
    const names = (await readdir(gallery)).filter((name) => /\.(svg|png)$/.test(name));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) checkPlot(name, await readFile(`${gallery}${name}`));
  });

  it.each([
    "<script>alert(1)</script>",
    "<svg:script/>",
    '<rect onload = "x"/>',
    '<a href="javascript:x"/>',
    '<image href="http://example.org/a.png"/>',
    '<use xlink:href="data:image/svg+xml,"/>',
    "<foreignObject/>",
    "<style>@import 'http://example.org/a.css'</style>",
    '<rect fill="url(http://example.org/a)"/>',
    '<animate attributeName="href"/>',
  ])("refuses an SVG with %s", (inner) => {
    expect(() => checkPlot("plots/a.svg", svg(inner))).toThrow(RunError);
  });

  it("refuses entities, and files that are something else", () => {
    const encode = (text: string) => new TextEncoder().encode(text);
    for (const text of ["<!DOCTYPE svg><svg/>", "<html/>", "", "<svg><!ENTITY a 'b'></svg>"]) {
      expect(() => checkPlot("plots/a.svg", encode(text))).toThrow(RunError);
    }
    expect(() => checkPlot("plots/a.png", encode("<svg/>"))).toThrow(/is no PNG/);
    // Takes no time that grows with the square of the length.
    expect(() => checkPlot("plots/a.svg", svg("<".repeat(2e6)))).not.toThrow();
  });
});
