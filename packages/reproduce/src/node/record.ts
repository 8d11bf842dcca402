import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder, writeFileAtomic } from "@grok/train/node";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import { reproductionsDocument } from "../report/document";
import type { FigureRun } from "../result/figure-run";
import { type Reproduction, runsOf } from "../result/reproduction";
import { parseResult, resultJson } from "../result/result-json";
import type { Reproduced } from "./reproduce";

/** Where a clone keeps results, their pictures, and the document that is made of them. */
const places = {
  results: ["results", "reproductions"],
  images: ["docs", "images", "reproductions"],
  documents: "docs",
} as const;

/**
 * The runs of a figure that a clone keeps, to be judged together with others: the machines that they
 * were done on may be gone.
 *
 * @throws RunError if the clone's file is no result
 */
export async function readRecorded(root: string, { id }: Figure): Promise<FigureRun[]> {
  const result = await readResult(resultFile(root, id));
  return result === null ? [] : runsOf(result);
}

/**
 * Keeps a figure's verdict, runs and picture in a clone: `results/reproductions/ID.json` and
 * `docs/images/reproductions/ID.png`. A run that the clone keeps and the figure still asks for is never
 * lost: if the result lacks one (see `recorded` of `reproduce`), the clone is left alone.
 *
 * @returns whether it was kept
 */
export async function recordResult(
  root: string,
  figure: Figure,
  { result, svg }: Pick<Reproduced, "result" | "svg">,
): Promise<boolean> {
  if (svg === null) return false;
  const before = await readResult(resultFile(root, result.id));
  // A figure's runs may have changed since; those that it asks for no more do not count.
  const asked = new Set(figureRuns(figure).map(({ name }) => name));
  const has = new Set(result.runs.map(({ name }) => name));
  if (before?.runs.some(({ name }) => asked.has(name) && !has.has(name))) return false;
  await makeFolder(join(root, ...places.results));
  await makeFolder(join(root, ...places.images));
  await writeFileAtomic(resultFile(root, result.id), resultJson(result));
  const { svgToPng } = await import("@grok/plot");
  await writeFileAtomic(join(root, ...places.images, `${result.id}.png`), await svgToPng(svg));
  return true;
}

/** The results that a clone keeps of some figures, by their ids. */
export async function readResults(
  root: string,
  figures: readonly Figure[],
): Promise<Map<string, Reproduction>> {
  const found = new Map<string, Reproduction>();
  for (const { id } of figures) {
    const result = await readResult(resultFile(root, id));
    if (result !== null) found.set(id, result);
  }
  return found;
}

/**
 * Writes docs/reproductions.md of a clone and its pages from the results that it keeps.
 *
 * @returns the file with the table
 */
export async function writeDocument(root: string, figures: readonly Figure[]): Promise<string> {
  const folder = join(root, places.documents);
  await makeFolder(join(folder, "reproductions"));
  const files = reproductionsDocument(figures, await readResults(root, figures));
  for (const [name, text] of files) await writeFileAtomic(join(folder, name), text);
  return join(folder, [...files.keys()][0] as string);
}

/**
 * Reads a verdict; null if there is none.
 *
 * @throws RunError if the file is none
 */
export async function readResult(file: string): Promise<Reproduction | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  });
  return text === null ? null : parseResult(text, file);
}

function resultFile(root: string, id: string): string {
  return join(root, ...places.results, `${id}.json`);
}
