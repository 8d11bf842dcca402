import { INK } from "../axes/palette";
import { element } from "../element";
import { wrapText } from "./text-width";

const TITLE = { size: 15, weight: 600 } as const;
const SUBTITLE = { size: 12 } as const;
const TITLE_LINE = 20;
const SUBTITLE_LINE = 17;

/** Title and subtitle, each broken into lines that fit the width. */
export function heading(
  document: Document,
  title: string | undefined,
  subtitle: string | undefined,
  width: number,
) {
  const nodes: SVGElement[] = [];
  let bottom = 0;
  for (const line of title ? wrapText(title, width, TITLE) : []) {
    nodes.push(
      element(
        document,
        "text",
        { y: bottom + 15, fill: INK.text, "font-size": TITLE.size, "font-weight": TITLE.weight },
        line,
      ),
    );
    bottom += TITLE_LINE;
  }
  for (const line of subtitle ? wrapText(subtitle, width, SUBTITLE) : []) {
    nodes.push(
      element(
        document,
        "text",
        { y: bottom + 12, fill: INK.soft, "font-size": SUBTITLE.size },
        line,
      ),
    );
    bottom += SUBTITLE_LINE;
  }
  return {
    height: bottom > 0 ? bottom + 3 : 0,
    node: element(document, "g", { "aria-label": "title", "text-anchor": "start" }, ...nodes),
  };
}
