import { DOMParser } from "linkedom/worker";
import { textWidth } from "../src/layout/text-width";

/** A box in pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What tests ask of a figure. */
export class SvgView {
  readonly root: Element;

  constructor(readonly source: string) {
    const document = new DOMParser().parseFromString(
      source,
      "image/svg+xml",
    ) as unknown as Document;
    this.root = document.documentElement;
  }

  /** All elements of a tag within the group of a name. */
  within(label: string, tag: string): Element[] {
    return [...this.root.querySelectorAll(`[aria-label="${label}"] ${tag}`)];
  }

  texts(label?: string): string[] {
    const nodes = label ? this.within(label, "text") : [...this.root.querySelectorAll("text")];
    return nodes.map((node) => node.textContent ?? "");
  }

  frame(): Box {
    const frame = this.root.querySelector('[aria-label="frame"]') as Element;
    const [left, top] = [number(frame, "x"), number(frame, "y")];
    return {
      left,
      top,
      right: left + number(frame, "width"),
      bottom: top + number(frame, "height"),
    };
  }

  /** The points of the one path in a group, by the pieces between its gaps. */
  line(label: string): [number, number][][] {
    const path = this.within(label, "path")[0]?.getAttribute("d") ?? "";
    return path
      .split("M")
      .filter(Boolean)
      .map((piece) =>
        piece
          .replace("Z", "")
          .split("L")
          .map((point) => point.split(",").map(Number) as [number, number]),
      );
  }

  /** Where a horizontal text that is not turned lies, by its anchor and its width in Inter. */
  box(text: Element): Box {
    const size = Number(text.closest("[font-size]")?.getAttribute("font-size"));
    const weight = text.getAttribute("font-weight") === "600" ? 600 : 400;
    let width = 0;
    for (const part of text.childNodes) {
      const own = (part as Element).getAttribute?.("font-size");
      width += textWidth(part.textContent ?? "", { size: own ? Number(own) : size, weight });
    }
    const anchor = text.closest("[text-anchor]")?.getAttribute("text-anchor");
    let [x, y] = [number(text, "x"), number(text, "y")];
    for (let node: Element | null = text; node; node = node.parentElement) {
      const move = /^translate\(([-\d.]+),([-\d.]+)\)/.exec(node.getAttribute("transform") ?? "");
      x += Number(move?.[1] ?? 0);
      y += Number(move?.[2] ?? 0);
    }
    const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
    return { left, right: left + width, top: y - 0.76 * size, bottom: y + 0.25 * size };
  }
}

function number(node: Element, attribute: string): number {
  return Number(node.getAttribute(attribute)?.replace("em", "") ?? 0);
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
