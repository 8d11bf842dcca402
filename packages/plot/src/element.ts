import { builtInParser } from "./dom";

const SVG = "http://www.w3.org/2000/svg";

/** What makes a document of a text, as a page's `DOMParser` does, and that of linkedom. */
export type SvgParser = new () => {
  /** The document of a text. */
  parseFromString(text: string, type: "image/svg+xml"): unknown;
};

let parser: SvgParser | undefined = builtInParser;

/**
 * Sets the DOM that figures are drawn in. Only a browser's worker needs this, as it has none:
 * `setSvgParser(DOMParser)` with that of `linkedom/worker`. The default is linkedom's in Node, Bun and
 * Deno, and a page's own in what bundlers make for browsers.
 */
export function setSvgParser(Parser: SvgParser): void {
  parser = Parser;
}

/**
 * An empty SVG document.
 *
 * @throws Error in a browser's worker that has not called {@link setSvgParser}
 */
export function svgDocument(): Document {
  if (parser === undefined) {
    throw new Error(
      'A worker has no DOM to draw a figure in: call setSvgParser(DOMParser) of @grok/plot with the DOMParser of "linkedom/worker", or draw on the page.',
    );
  }
  return new parser().parseFromString(`<svg xmlns="${SVG}"/>`, "image/svg+xml") as Document;
}

/** An SVG element with attributes (those that are undefined are left out) and children. */
export function element(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly (Node | string)[]
): SVGElement {
  const node = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) node.setAttribute(key, String(value));
  }
  node.append(...children);
  return node;
}
