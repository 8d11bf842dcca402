import { bundledFonts, type FontFile, fontBytes } from "./font";
import { loadResvg, type WasmSource } from "./resvg";

/** Settings of `svgToPng`. */
export interface PngOptions {
  /** Pixels of the PNG per pixel of the SVG; default 2. */
  readonly scale?: number;
  /** resvg's `index_bg.wasm`, needed in a page at the first call; Node reads it from the package. */
  readonly wasm?: WasmSource | Promise<WasmSource>;
  /** The only fonts that text may use, the first being the default; Node reads the bundled ones (`FONT_FILES`). */
  readonly font?: FontFile | readonly FontFile[];
}

/** A picture as pixels, four bytes (red, green, blue, alpha) each, by rows. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  readonly png: Uint8Array;
}

/**
 * Draws an SVG as a PNG file. The renderer is WebAssembly and the fonts are given, so the same SVG
 * gives the same bytes on every machine, in Node and in a browser; system fonts are never used.
 *
 * @throws RangeError for a scale that is not above 0; TypeError in a browser without `wasm` or
 * `font`, for a font in another format, and for what is no SVG.
 */
export async function svgToPng(svg: string, options: PngOptions = {}): Promise<Uint8Array> {
  return (await rasterize(svg, options)).png;
}

/** Draws an SVG as pixels, as {@link svgToPng} does. */
export async function rasterize(svg: string, options: PngOptions = {}): Promise<Raster> {
  const { scale = 2, wasm, font } = options;
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new RangeError(`svgToPng: scale is ${scale}; it is a number above 0`);
  }
  const fontBuffers =
    font === undefined
      ? await bundledFonts()
      : fontBytes(Array.isArray(font) ? font : [font as FontFile]);
  const { Resvg } = await loadResvg(wasm);
  let picture: InstanceType<typeof Resvg>;
  try {
    picture = new Resvg(svg, {
      fitTo: { mode: "zoom", value: scale },
      font: { fontBuffers, defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
    });
  } catch (error) {
    throw new TypeError(`svgToPng: this is no SVG: ${String(error)}`, { cause: error });
  }
  const image = picture.render();
  try {
    return { width: image.width, height: image.height, pixels: image.pixels, png: image.asPng() };
  } finally {
    image.free();
    picture.free();
  }
}
