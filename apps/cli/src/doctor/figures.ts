import { svgToPng } from "@grok/plot";
import { fontFiles, fontFolders } from "@grok/plot/node";
import { countOf } from "../quantity";
import { type Found, here, missing } from "./finding";

const small =
  '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><text y="9" font-family="Inter">a</text></svg>';

/** Draws a small picture as figures are drawn. */
export async function lookAtFigures(): Promise<Found> {
  await svgToPng(small);
  return here("PNG files can be drawn.");
}

/** Looks for fonts that stand in for letters that Inter lacks. */
export async function lookAtFonts(folders = fontFolders()): Promise<Found> {
  const files = await fontFiles(folders);
  return files.length === 0
    ? missing("Inter has Latin, Greek and Cyrillic; for PNG files with other scripts give --font.")
    : here(`Inter, and ${countOf(files.length, "file")} of the system for scripts that it lacks.`);
}
