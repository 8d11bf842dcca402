import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Raster, type RasterImage } from "./raster";

/** Text is drawn up to so many times larger where a figure is smaller than its units. */
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
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = root.current;
    if (box === null) return;
    const observer = new ResizeObserver(([entry]) => {
      const shrunk = width / (entry?.contentRect.width || width);
      box.style.setProperty("--text", String(Math.min(largestText, Math.max(1, shrunk))));
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [width]);
  const isNamedByRasters = rasters.length > 0;
  const name = isNamedByRasters
    ? ({ "aria-hidden": true } as const)
    : ({ role: "img", "aria-label": label, "aria-describedby": describedBy } as const);
  return (
    <div ref={root} class="figure" style={{ aspectRatio: `${width} / ${height}` }}>
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
