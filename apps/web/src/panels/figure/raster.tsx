import { useLayoutEffect, useRef } from "preact/hooks";
import { type Colors, colors } from "../colors";
import { boxStyle, type FigureBox } from "./box-style";

/** A picture of pixels within a figure. */
export interface RasterImage extends FigureBox {
  /** Its pixels per side. */
  readonly columns: number;
  readonly rows: number;
  /** Writes red, green, blue and opacity of each pixel, [rows, columns, 4]. Called again when it changes. */
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
      style={boxStyle(image, frame)}
    />
  );
}
