import * as Plot from "@observablehq/plot";
import { element } from "../element";
import type { Box, PanelDrawing } from "../layout/panel";
import { logTicks } from "./log-ticks";
import { shortCount } from "./number-format";
import { quantityAxis } from "./quantity-axis";

/** Shades told apart in a picture of cells; more would not be seen and make the file larger. */
const SHADES = 32;

/** Numbers as colours: viridis, which is told apart under every colour blindness and in greyscale. */
export interface ColorScale {
  readonly low: number;
  readonly high: number;
  readonly by: "value" | "root" | "log";
  /** Where a value lies between the ends, from 0 to 1. */
  readonly place: (value: number) => number;
  /** The shade of a value, 0 … shades − 1; −1 where it is not finite. */
  readonly shadeOf: (value: number) => number;
  readonly colors: readonly string[];
}

/**
 * A scale from one value to another; what lies beyond has the colour of the end. By the root of the
 * distance from the low end, small values differ more; by the logarithm, equal factors differ alike, for
 * values above 0.
 */
export function colorScale(low: number, high: number, by: ColorScale["by"] = "value"): ColorScale {
  const viridis = Plot.scale({ color: { type: "linear", scheme: "viridis", domain: [0, 1] } });
  const extent = high > low ? high - low : 1;
  const place = (value: number) => {
    if (by === "log") {
      const decades = Math.log(value / low) / Math.log((low + extent) / low);
      return Math.min(Math.max(decades, 0), 1);
    }
    const share = Math.min(Math.max((value - low) / extent, 0), 1);
    return by === "root" ? Math.sqrt(share) : share;
  };
  return {
    low,
    high: low + extent,
    by,
    place,
    shadeOf: (value) =>
      Number.isFinite(value) ? Math.min(Math.floor(place(value) * SHADES), SHADES - 1) : -1,
    colors: Array.from({ length: SHADES }, (_, i) => viridis.apply((i + 0.5) / SHADES) as string),
  };
}

/** The width of {@link colorBar} with its ticks and label. */
export const COLOR_BAR_WIDTH = 62;

/** What colours mean, as a bar at the right of panels. */
export function colorBar(scale: ColorScale, label: string): PanelDrawing {
  const axis =
    scale.by === "log"
      ? { ...logTicks(scale.low, scale.high, 6), format: shortCount }
      : quantityAxis([], { label: "", include: [scale.low, scale.high] });
  const isInside = (tick: number) => tick >= scale.low && tick <= scale.high;
  return (document, { x, y, width, height }: Box) => {
    const [top, bar] = [22, 14];
    const bottom = Math.min(height - 40, top + 260);
    const place = (value: number) => bottom - scale.place(value) * (bottom - top);
    const step = (bottom - top) / scale.colors.length;
    return element(
      document,
      "g",
      { transform: `translate(${x},${y})`, "aria-label": "colours", "font-size": 11 },
      ...scale.colors.map((fill, i) =>
        element(document, "rect", {
          x: 0,
          y: bottom - (i + 1) * step,
          width: bar,
          // A hair more, so that no seam shows between two shades.
          height: step + (i === 0 ? 0 : 0.5),
          fill,
        }),
      ),
      ...axis.major
        .filter(isInside)
        .map((tick) =>
          element(
            document,
            "text",
            { x: bar + 5, y: place(tick) + 4, "text-anchor": "start" },
            axis.format(tick),
          ),
        ),
      element(
        document,
        "text",
        { transform: `translate(${width - 4},${(top + bottom) / 2}) rotate(-90)`, "font-size": 12 },
        label,
      ),
    );
  };
}
