import { stat } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { SystemFonts } from "@grok/plot/node";
import { findFlag } from "@grok/train/front-end";
import type { GivenFlags } from "../arguments/given-flags";
import { fontsOf } from "../figure/fonts";
import { UsageError } from "../usage-error";

/** What is to be done with a run, besides training it. */
export interface OutputFlags {
  /** The folder asked for, if any; as typed. */
  outDir: string | undefined;
  /** A further file for the plot of both accuracies; as typed. */
  savePlot: string | undefined;
  plots: boolean;
  /** Fonts for what pictures say in other scripts: those of `--font`, and the system's. */
  fonts: SystemFonts;
  json: boolean;
}

/** What a command reads by itself. */
const own = new Set(["json", "debug", "preset", "use", "trust", "font"]);

/**
 * Takes the flags that are no part of an experiment from those given, and leaves the others.
 *
 * @throws UsageError for a flag given by two of its names, or one without a value
 */
export function takeOutputFlags(given: GivenFlags): [OutputFlags, GivenFlags] {
  const taken: Record<string, { value: string | boolean; typed: string }> = {};
  const rest: GivenFlags = {};
  for (const [typed, value] of Object.entries(given)) {
    if (own.has(typed)) continue;
    const flag = findFlag(typed);
    if (flag?.group !== "output") {
      rest[typed] = value;
      continue;
    }
    const other = taken[flag.name];
    if (other !== undefined) {
      throw new UsageError(`--${typed} and --${other.typed} are the same flag; give one of them.`);
    }
    taken[flag.name] = { value, typed };
  }
  for (const { value, typed } of Object.values(taken)) {
    if (value === "") throw new UsageError(`--${typed} needs a value.`);
  }
  const flags: OutputFlags = {
    outDir: taken["out-dir"]?.value as string | undefined,
    savePlot: taken["save-plot"]?.value as string | undefined,
    plots: taken.plots?.value !== false,
    fonts: fontsOf(given),
    json: given.json === true,
  };
  return [flags, rest];
}

/**
 * Checks, before anything is written, that a plot can be saved to a file.
 *
 * @throws UsageError if the name is no picture's, or its folder does not exist
 */
export async function checkPlotFile(file: string): Promise<void> {
  const kind = extname(file).toLowerCase();
  if (kind !== ".png" && kind !== ".svg") {
    throw new UsageError(`--save-plot must name a .png or .svg file, not "${file}".`);
  }
  const folder = dirname(file);
  const isFolder = (path: string) =>
    stat(path).then(
      (at) => at.isDirectory(),
      () => false,
    );
  if (!(await isFolder(folder))) {
    throw new UsageError(`--save-plot ${file} is in a folder that does not exist; make it first.`);
  }
  if (await isFolder(file)) {
    throw new UsageError(`--save-plot must name a file, and ${file} is a folder.`);
  }
}
