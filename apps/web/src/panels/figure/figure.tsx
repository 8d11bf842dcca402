import type { ComponentChildren } from "preact";
import { Raster, type RasterImage } from "./raster";

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
  const isNamedByRasters = rasters.length > 0;
  const name = isNamedByRasters
    ? ({ "aria-hidden": true } as const)
    : ({ role: "img", "aria-label": label, "aria-describedby": describedBy } as const);
  return (
    <div class="figure" style={{ aspectRatio: `${width} / ${height}` }}>
      {rasters.map((image) => (
        <Raster
          key={image.label}
          image={image}
          frame={{ width, height }}
          describedBy={describedBy}
        />
      ))}
      <svg viewBox={`0 0 ${width} ${height}`} {...name}>
        {children}
      </svg>
    </div>
  );
}
