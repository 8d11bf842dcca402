import * as Plot from "@observablehq/plot";
import type { Axis } from "../axes/axis";
import { AXIS_LABEL, axisLabel } from "../axes/axis-label";
import { INK } from "../axes/palette";
import { element } from "../element";
import { textWidth } from "./text-width";

/** Where a panel stands in its figure, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws a panel into its place. */
export type PanelDrawing = (document: Document, box: Box) => SVGElement;

/** One frame with its axes; a figure has several. */
export interface Panel {
  /** Above the frame. */
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Whether the grid's lines are drawn; default true. */
  readonly grid?: boolean;
  /** Whether a unit is as long on both axes: the frame is then made smaller where it has to be. */
  readonly isSquare?: boolean;
  /** Extent from the first row down instead of up. */
  readonly isUpsideDown?: boolean;
  /** Pixels for the ticks' words at the left, so that frames under each other line up; see {@link tickRoom}. */
  readonly room?: number;
  /** Whether room is kept for a label at the left even if there is none; default false. */
  readonly isLabelRoomKept?: boolean;
  /** What is drawn in the frame, given where a value lies on each axis. */
  readonly marks: (document: Document, place: Places) => Plot.Markish[];
}

/** Pixels of values, and of the frame. */
export interface Places {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const TICK = { size: 11 } as const;
const TITLE = { size: 12.5, weight: 600 } as const;
const TICK_LENGTH = 5;
const TITLE_ROW = 22;
const LABEL_ROW = 17;

/** Pixels that the ticks' words of an axis at the left take. */
export function tickRoom(axis: Axis): number {
  return Math.max(0, ...axis.major.map((tick) => textWidth(axis.format(tick), TICK)));
}

/** Pixels that the last tick's words reach beyond the end of an axis across; most of them lie within it. */
function endRoom({ domain, major, format }: Axis): number {
  const last = major.at(-1);
  return last === undefined || last < domain[1] ? 0 : Math.ceil(textWidth(format(last), TICK) / 2);
}

/** The height of a row of square panels, so many beside each other in a figure of a width. */
export function squareHeight(width: number, columns: number, aside = 0): number {
  const panelWidth = (width - 24 - (aside > 0 ? aside + 10 : 0) - (columns - 1) * 10) / columns;
  const sides = LABEL_ROW + 24 + 4 + TICK_LENGTH + 10;
  return Math.min(360, panelWidth - sides + TITLE_ROW + 19 + LABEL_ROW);
}

/** A drawing of the panel as an `<svg>` inside the figure's. */
export function panel(description: Panel): PanelDrawing {
  const { title, x, y, grid = true, isSquare = false, isUpsideDown = false } = description;
  return (document, { x: boxX, y: boxY, width, height }) => {
    const tickWidth = description.room ?? tickRoom(y);
    const hasLabelRoom = y.label !== "" || description.isLabelRoomKept === true;
    let left = Math.ceil((hasLabelRoom ? LABEL_ROW : 0) + tickWidth + 4 + TICK_LENGTH);
    let right = width - Math.max(10, endRoom(x));
    let top = title ? TITLE_ROW : 6;
    let bottom = height - (x.major.length > 0 ? 19 : 4) - (x.label ? LABEL_ROW : 0);
    if (isSquare) {
      const side = Math.min(right - left, bottom - top);
      const spare = right - left - side;
      left += spare / 2;
      right -= spare / 2;
      bottom = top + side;
    }
    const xScale = { type: x.type, domain: [...x.domain], range: [left, right] };
    const yRange = isUpsideDown ? [top, bottom] : [bottom, top];
    const yScale = { type: y.type, domain: [...y.domain], range: yRange };
    const [xs, ys] = [Plot.scale({ x: xScale }), Plot.scale({ y: yScale })];
    const places: Places = {
      x: (value) => xs.apply(value) as number,
      y: (value) => ys.apply(value) as number,
      left,
      right,
      top,
      bottom,
    };
    const ink = {
      color: INK.rule,
      fontSize: TICK.size,
      label: null,
      fontVariant: "normal",
    } as const;
    const ticks = { ...ink, tickSize: TICK_LENGTH, tickPadding: 3 } as const;
    const minor = { ...ink, tickSize: TICK_LENGTH / 2, text: null } as const;
    const words: SVGElement[] = [];
    if (title) {
      // A title may be as wide as the panel; one that is wider is set smaller.
      const from = isSquare ? Math.min(left + right, 2 * width - left - right) / 2 : left;
      const room = isSquare ? 2 * from : width - left;
      const size = TITLE.size * Math.min(1, room / textWidth(title, TITLE));
      words.push(
        element(
          document,
          "text",
          {
            x: isSquare ? (left + right) / 2 : left,
            y: top - 8,
            fill: INK.text,
            "font-size": Math.floor(10 * size) / 10,
            "font-weight": TITLE.weight,
            "text-anchor": isSquare ? "middle" : "start",
          },
          title,
        ),
      );
    }
    const middle = (top + bottom) / 2;
    if (x.label) words.push(axisLabel(document, x.label, (left + right) / 2, bottom + 32));
    if (y.label) {
      words.push(axisLabel(document, y.label, left - tickWidth - TICK_LENGTH - 10, middle, true));
    }
    for (const word of words) {
      // Panels are small, and so are their words.
      if (word.getAttribute("font-size") === String(AXIS_LABEL.size)) {
        word.setAttribute("font-size", "12");
      }
    }
    const svg = Plot.plot({
      document,
      width,
      height,
      marginLeft: left,
      marginRight: width - right,
      marginTop: top,
      marginBottom: height - bottom,
      ariaLabel: title,
      x: { ...xScale, axis: null },
      y: { ...yScale, axis: null },
      marks: [
        grid ? Plot.gridY(y.major, { stroke: INK.grid, strokeOpacity: 1 }) : null,
        grid ? Plot.gridX(x.major, { stroke: INK.grid, strokeOpacity: 1 }) : null,
        ...description.marks(document, places),
        Plot.frame({ stroke: INK.rule }),
        Plot.axisX(x.minor, minor),
        Plot.axisY(y.minor, minor),
        Plot.axisX(x.major, { ...ticks, text: x.format }),
        Plot.axisY(y.major, { ...ticks, text: y.format }),
        ...words.map((node) => () => node),
      ],
    });
    svg.removeAttribute("class");
    svg.setAttribute("x", String(boxX));
    svg.setAttribute("y", String(boxY));
    return svg as unknown as SVGElement;
  };
}
