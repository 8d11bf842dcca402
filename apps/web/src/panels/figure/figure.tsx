import "./figure.css";
import type { ComponentChildren } from "preact";
import { Raster, type RasterImage } from "./raster";
import { useWidth } from "./use-width";

/** Text is drawn up to this many times larger where a figure is smaller than its units. */
const largestText = 1.7;

/**
 * A picture in a coordinate system of its own, drawn as large as there is room: SVG, over images of
 * pixels where there are any.
 */
export function Figure({
  width,
  height,
  label,
  describedBy,
  rasters = [],
  children,
}: {
  width: number;
  height: number;
  /** What it shows, for those who do not see it. */
  label: string;
  /** The id of the sentence that says what to look for. */
  describedBy: string;
  rasters?: readonly RasterImage[];
  children?: ComponentChildren;
}) {
  const [root, shown] = useWidth<HTMLDivElement>(width);
  const text = Math.min(largestText, Math.max(1, width / shown));
  const isNamedByRasters = rasters.length > 0;
  const name = isNamedByRasters
    ? ({ "aria-hidden": true } as const)
    : ({ role: "img", "aria-label": label, "aria-describedby": describedBy } as const);
  return (
    <div
      ref={root}
      class="figure"
      style={{ aspectRatio: `${width} / ${height}`, "--text": text.toFixed(2) }}
    >
      {rasters.map((image, i) => (
        <Raster key={i} image={image} frame={{ width, height }} describedBy={describedBy} />
      ))}
      <svg viewBox={`0 0 ${width} ${height}`} {...name}>
        {children}
      </svg>
    </div>
  );
}
