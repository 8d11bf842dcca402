import { INK } from "../axes/palette";
import { element, svgDocument } from "../element";
import { FONT_FAMILY } from "../figures/curve-figure";
import { type LegendEntry, legend } from "../marks/legend";
import { finish } from "./finish";
import { heading } from "./heading";
import type { PanelDrawing } from "./panel";
import { wrapText } from "./text-width";

/** What every figure of several panels takes. */
export interface SheetOptions {
  /** In the first line, semi-bold. `x_{2}` and `x^{2}` are set as such, here and in all other words. */
  readonly title?: string;
  /** Under the title, smaller. */
  readonly subtitle?: string;
  /** Pixels; default 720. */
  readonly width?: number;
}

/** Panels side by side and one under another, with what they share. */
export interface Sheet extends SheetOptions {
  readonly panels: readonly PanelDrawing[];
  /** Panels in a row. */
  readonly columns: number;
  /** Pixels of a panel with its axes. */
  readonly panelHeight: number;
  readonly legend?: readonly LegendEntry[];
  /** At the right of all panels, such as the scale of colours, with its width. */
  readonly aside?: { readonly width: number; readonly draw: PanelDrawing };
  /** In small letters under the panels: what is drawn and where its formula is from. */
  readonly note?: string;
}

const EDGE = 12;
const GAP = 10;
const NOTE = { size: 11 } as const;
const NOTE_LINE = 15;
const MIN_PANEL = 110;

/**
 * Draws panels as one SVG file. The same input gives the same bytes.
 *
 * @throws RangeError if the width leaves no room for the panels.
 */
export function sheet(figure: Sheet, caller: string): string {
  const { panels, columns, panelHeight, aside, width = 720 } = figure;
  const document = svgDocument();
  const inner = width - 2 * EDGE;
  const panelWidth = (inner - (aside ? aside.width + GAP : 0) - (columns - 1) * GAP) / columns;
  if (!(panelWidth >= MIN_PANEL)) {
    throw new RangeError(
      `${caller}: a figure of ${width} pixels leaves no room for ${columns} panels in a row; ` +
        `it needs at least ${Math.ceil(width + columns * (MIN_PANEL - panelWidth))}`,
    );
  }
  const title = heading(document, figure.title, figure.subtitle, inner);
  const key = legend(document, figure.legend ?? [], inner);
  const top = EDGE + title.height + key.height + (key.height > 0 ? 4 : 0);
  const rows = Math.ceil(panels.length / columns);
  const bottom = top + rows * panelHeight + (rows - 1) * GAP;
  const lines = figure.note ? wrapText(figure.note, inner, NOTE) : [];
  const height = Math.ceil(bottom + (lines.length > 0 ? 8 + lines.length * NOTE_LINE : 0) + EDGE);

  const svg = element(document, "svg", {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    fill: INK.text,
    "font-family": FONT_FAMILY,
    "text-anchor": "middle",
    role: "img",
    "aria-label": (figure.title ?? caller).replace(/([_^])\{([^{}]*)\}/g, "$1$2"),
  });
  svg.append(element(document, "rect", { width, height, fill: "#ffffff" }));
  svg.append(moved(document, EDGE, EDGE, title.node));
  svg.append(moved(document, EDGE, EDGE + title.height, key.node));
  for (const [i, draw] of panels.entries()) {
    const x = EDGE + (i % columns) * (panelWidth + GAP);
    const y = top + Math.floor(i / columns) * (panelHeight + GAP);
    svg.append(draw(document, { x, y, width: panelWidth, height: panelHeight }));
  }
  if (aside) {
    const x = width - EDGE - aside.width;
    svg.append(aside.draw(document, { x, y: top, width: aside.width, height: bottom - top }));
  }
  if (lines.length > 0) {
    svg.append(
      element(
        document,
        "g",
        { "aria-label": "note", fill: INK.soft, "font-size": NOTE.size, "text-anchor": "start" },
        ...lines.map((line, i) =>
          element(document, "text", { x: EDGE, y: bottom + 8 + NOTE_LINE * (i + 0.8) }, line),
        ),
      ),
    );
  }
  return finish(svg, document);
}

function moved(document: Document, x: number, y: number, node: SVGElement): SVGElement {
  return element(document, "g", { transform: `translate(${x},${y})` }, node);
}
