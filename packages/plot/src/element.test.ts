import { DOMParser } from "linkedom/worker";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

beforeEach(() => vi.resetModules());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.doUnmock("./dom");
  vi.resetModules();
});

/** The module as what is built for pages has it. */
async function onPage() {
  vi.doMock("./dom", () => import("./page-dom"));
  return import("./element");
}

it("draws in the page's own DOM in what bundlers make for browsers", async () => {
  const parsed: string[] = [];
  class PageParser {
    parseFromString(text: string, type: "image/svg+xml") {
      parsed.push(text);
      return new DOMParser().parseFromString(text, type);
    }
  }
  vi.stubGlobal("DOMParser", PageParser);
  const { svgDocument } = await onPage();
  expect(svgDocument().documentElement.localName).toBe("svg");
  expect(parsed).toHaveLength(1);
});

it("says in a browser's worker, which has no DOM, how one is given", async () => {
  const { setSvgParser, svgDocument } = await onPage();
  expect(svgDocument).toThrow(/no DOM to draw a figure in: call setSvgParser/);
  setSvgParser(DOMParser);
  expect(svgDocument().documentElement.localName).toBe("svg");
});
