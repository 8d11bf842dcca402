import { extname, join } from "node:path";
import { fitAddressSpace } from "@grok/backend";
import { type FontFallback, svgToPng } from "@grok/plot";
import { checkFolder, makeFolder, writeFileAtomic } from "@grok/train/node";

/** Writes a picture as what its ending says: .svg as it is, anything else as PNG. */
export async function writePicture(file: string, svg: string, fonts?: FontFallback): Promise<void> {
  if (extname(file).toLowerCase() === ".svg") return writeFileAtomic(file, svg);
  // The renderer is WebAssembly, too.
  await fitAddressSpace();
  await writeFileAtomic(file, await svgToPng(svg, { fallback: fonts }));
}

/**
 * Writes pictures, each as SVG and PNG, to a run's folder `plots`.
 *
 * @param fonts more fonts for the PNG files
 * @param goOn is asked before each; where it says no, the others are left out
 * @returns that folder
 * @throws RunError if it is a link: nothing is written outside of the run's folder
 */
export async function writePlots(
  folder: string,
  figures: Readonly<Record<string, string>>,
  { fonts, goOn = () => true }: { fonts?: FontFallback; goOn?: () => boolean } = {},
): Promise<string> {
  const target = join(folder, "plots");
  await checkFolder(target);
  await makeFolder(target);
  for (const [name, svg] of Object.entries(figures)) {
    for (const ending of ["svg", "png"]) {
      if (!goOn()) return target;
      await writePicture(join(target, `${name}.${ending}`), svg, fonts);
    }
  }
  return target;
}
