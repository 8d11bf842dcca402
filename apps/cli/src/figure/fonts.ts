import { SystemFonts } from "@grok/plot/node";
import type { Command } from "commander";
import type { GivenFlags } from "../arguments/given-flags";
import { addOption } from "../arguments/options";
import { UsageError } from "../usage-error";

/** Characters that a notice names. */
const MAX_NAMED = 12;

/** Adds `--font` to a command that draws PNG files. */
export function addFont(command: Command, given: GivenFlags): void {
  addOption(command, given, {
    name: "font",
    value: "file",
    title: "Output:",
    help: "a TrueType or OpenType font for titles in scripts that Inter lacks; fonts of the system come after it; may be repeated",
    repeats: true,
  });
}

/**
 * The fonts that a command line names, and those of the system after them.
 *
 * @throws UsageError for an empty name
 */
export function fontsOf({ font }: GivenFlags): SystemFonts {
  const files = typeof font === "string" ? font.split("\n") : [];
  if (files.includes("")) throw new UsageError("--font needs a value.");
  return new SystemFonts({ files });
}

/**
 * Reads the fonts of the command line, before anything else is done.
 *
 * @throws UsageError for a file that is no font
 */
export async function checkFonts(fonts: SystemFonts): Promise<void> {
  await fonts.check().catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`--font must name a TrueType or OpenType file: ${error.message}.`, {
      cause: error,
    });
  });
}

/** What to say of characters that no font had: a line, or nothing. */
export function fontNotice({ missing }: SystemFonts): string {
  if (missing.size === 0) return "";
  const named = [...missing].slice(0, MAX_NAMED).map(nameOf).join(" ");
  const more = missing.size > MAX_NAMED ? ` and ${missing.size - MAX_NAMED} more` : "";
  return `No font was found that can set all of the text with ${named}${more}, so the PNG files may show boxes in its place; the SVG files are right, and --font FILE gives a font.\n`;
}

/** A character as a terminal can show it: marks and what it may not know by their numbers. */
function nameOf(character: string): string {
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
