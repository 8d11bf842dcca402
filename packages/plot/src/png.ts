import type { FontFallback } from "./font/fallback";
import { bundledFonts, type FontFile, fontBytes } from "./font/font";
import { missingIn, shownLines } from "./font/missing";
import { loadResvg, type WasmSource } from "./resvg";

/** Settings of `svgToPng`. */
export interface PngOptions {
  /** Pixels of the PNG per pixel of the SVG; default 2. */
  readonly scale?: number;
  /** resvg's `index_bg.wasm`, needed in a page at the first call; Node reads it from the package. */
  readonly wasm?: WasmSource | Promise<WasmSource>;
  /** The only fonts that text may use, the first being the default; Node reads the bundled ones (`FONT_FILES`). */
  readonly font?: FontFile | readonly FontFile[];
  /**
   * Asked for more fonts if the picture shows characters that those fonts lack, as in a title in
   * Chinese; default: none, and such characters are boxes.
   */
  readonly fallback?: FontFallback;
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
 * gives the same bytes on every machine, in Node and in a browser; other fonts, such as those of a
 * system, come in by `fallback` alone, and only for characters that the given ones lack.
 *
 * @throws RangeError for a scale that is not above 0; TypeError in a browser without `wasm` or
 * `font`, for a font in another format, and for what is no SVG; Error if the renderer breaks down.
 */
export async function svgToPng(svg: string, options: PngOptions = {}): Promise<Uint8Array> {
  return (await rasterize(svg, options)).png;
}

/** Draws an SVG as pixels, as {@link svgToPng} does. */
export async function rasterize(svg: string, options: PngOptions = {}): Promise<Raster> {
  const { scale = 2, wasm } = options;
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new RangeError(`svgToPng: scale is ${scale}; it is a number above 0`);
  }
  const fontBuffers = await fontsFor(svg, options);
  const { Resvg } = await loadResvg(wasm);
  let picture: InstanceType<typeof Resvg>;
  try {
    picture = new Resvg(svg, {
      fitTo: { mode: "zoom", value: scale },
      font: { fontBuffers, defaultFontFamily: "Inter", sansSerifFamily: "Inter" },
    });
  } catch (cause) {
    if (cause instanceof WebAssembly.RuntimeError) throw brokenDown(cause);
    throw new TypeError("svgToPng: this is no SVG that can be drawn; its XML must be well formed", {
      cause,
    });
  }
  try {
    const image = picture.render();
    try {
      return { width: image.width, height: image.height, pixels: image.pixels, png: image.asPng() };
    } finally {
      image.free();
    }
  } catch (cause) {
    throw brokenDown(cause);
  } finally {
    picture.free();
  }
}

async function fontsFor(svg: string, { font, fallback }: PngOptions): Promise<Uint8Array[]> {
  const fonts =
    font === undefined
      ? await bundledFonts()
      : fontBytes(Array.isArray(font) ? font : [font as FontFile]);
  if (fallback === undefined) return fonts;
  const lines: string[] = [];
  for (const line of shownLines(svg)) {
    if ((await missingIn(line, fonts)).length > 0) lines.push(line);
  }
  if (lines.length === 0) return fonts;
  return [...fonts, ...fontBytes(await fallback.fontsFor(lines))];
}

function brokenDown(cause: unknown): Error {
  return new Error("svgToPng: the renderer broke down on this picture, which may be too large", {
    cause,
  });
}
