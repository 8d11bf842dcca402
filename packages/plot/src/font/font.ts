import { packagedFile } from "../packaged-file";

/** A font file's bytes: TrueType or OpenType, which resvg reads; not WOFF. */
export type FontFile = Uint8Array | ArrayBuffer;

/**
 * The fonts of a PNG, as files of this package's dependencies: Inter in its two weights, and Noto
 * Sans Math for the operators that Inter lacks, such as ∘. A page imports their URLs and passes
 * their bytes to `svgToPng`, in this order.
 */
export const FONT_FILES = [
  "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
  "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
  "@expo-google-fonts/noto-sans-math/400Regular/NotoSansMath_400Regular.ttf",
] as const;

let bundled: Promise<Uint8Array[]> | undefined;

/** The bundled fonts, read once, in Node. */
export function bundledFonts(): Promise<Uint8Array[]> {
  bundled ??= Promise.all(FONT_FILES.map((file) => packagedFile(file, "font"))).catch((error) => {
    bundled = undefined;
    throw error;
  });
  return bundled;
}

/**
 * Font files as bytes.
 *
 * @throws TypeError for a file in WOFF or WOFF2, of which resvg would silently draw nothing.
 */
export function fontBytes(fonts: readonly FontFile[]): Uint8Array[] {
  return fonts.map((font) => {
    const bytes = font instanceof Uint8Array ? font : new Uint8Array(font);
    if (!isFont(bytes)) {
      throw new TypeError(
        `svgToPng: a font begins with ${JSON.stringify(magicOf(bytes))}; it must be a TrueType or OpenType file`,
      );
    }
    return bytes;
  });
}

/** Whether a file is TrueType or OpenType, or a collection of such fonts. */
export function isFont(bytes: Uint8Array): boolean {
  return ["\0\x01\0\0", "OTTO", "true", "ttcf"].includes(magicOf(bytes));
}

function magicOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 4));
}
