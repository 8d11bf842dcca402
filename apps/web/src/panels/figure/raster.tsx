import { useLayoutEffect, useRef } from "preact/hooks";
import { type Colors, colors } from "../colors";

/** A picture of pixels within a figure. */
export interface RasterImage {
  /** Where it lies, in the figure's units. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its pixels per side. */
  readonly columns: number;
  readonly rows: number;
  /** Writes red, green, blue and opacity of each pixel, [rows, columns, 4]. Called anew when it changes. */
  readonly paint: (pixels: Uint8ClampedArray, colors: Colors) => void;
  /** What it shows, for those who do not see it. */
  readonly label: string;
}

/** A canvas over a part of a figure, painted when its image or the page's colours change. */
export function Raster({
  image,
  frame,
  describedBy,
}: {
  image: RasterImage;
  frame: { readonly width: number; readonly height: number };
  describedBy: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = colors().value;
  const { columns, rows, paint } = image;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined) return;
    const pixels = context.createImageData(columns, rows);
    paint(pixels.data, palette);
    context.putImageData(pixels, 0, 0);
  }, [paint, palette, columns, rows]);
  const percent = (part: number, of: number) => `${(100 * part) / of}%`;
  return (
    <canvas
      ref={canvas}
      class="raster"
      width={columns}
      height={rows}
      role="img"
      aria-label={image.label}
      aria-describedby={describedBy}
      data-box={[image.x, image.y, image.width, image.height].join(" ")}
      style={{
        left: percent(image.x, frame.width),
        top: percent(image.y, frame.height),
        width: percent(image.width, frame.width),
        height: percent(image.height, frame.height),
      }}
    />
  );
}
