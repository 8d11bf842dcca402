import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fitAddressSpace } from "@grok/backend";
import type { FontFallback } from "@grok/plot";
import { makeFolder, writeFileAtomic } from "@grok/train/node";
import { csvOf, parquetOf } from "@grok/train/table";
import { type PointCurves, seedCurves, sweepFigures, telling } from "../outcome/figures";
import { futuresFigures } from "../outcome/futures-figures";
import { futureOutcomes, futuresCsv } from "../outcome/futures-table";
import { sweepTable } from "../outcome/runs-table";
import { runsMarkdown } from "../outcome/tables";
import type { SweepState } from "../state/sweep-state";
import { readBegun, thresholdOf, usualThreshold } from "./read-begun";
import { readFinals } from "./read-finals";
import { readFutures } from "./read-futures";

/** What {@link writeOutcome} is to draw, and with which fonts. */
export interface OutcomeOptions {
  /** Whether figures are drawn; default true. */
  plots?: boolean;
  /** More fonts for the PNG files, for titles in scripts that Inter lacks. */
  fonts?: FontFallback;
}

/**
 * Writes what came out of a sweep beside its sweep.json: `runs.csv`, the same as `runs.parquet`,
 * `runs.md`, `futures.csv` of a sweep over changes, and its figures as SVG and PNG into `plots`. Figures that the sweep cannot have
 * are left out, and those that an earlier sweep, or an earlier state of this one, left in the folder
 * are removed.
 *
 * @returns the names of the files, within the folder
 */
export async function writeOutcome(
  folder: string,
  state: SweepState,
  { plots = true, fonts }: OutcomeOptions = {},
): Promise<string[]> {
  const { futures, threshold } = await readFutures(folder, state);
  const outcomes = futureOutcomes(futures);
  const runs = sweepTable(state, await readFinals(folder, state));
  const tables: Record<string, string | Uint8Array> = {
    "runs.csv": csvOf(runs),
    "runs.parquet": await parquetOf(runs),
    "runs.md": runsMarkdown(state, outcomes),
    ...(outcomes.length === 0 ? {} : { "futures.csv": futuresCsv(outcomes) }),
  };
  for (const [name, text] of Object.entries(tables))
    await writeFileAtomic(join(folder, name), text);
  if (!("futures.csv" in tables)) await rm(join(folder, "futures.csv"), { force: true });
  const files = Object.keys(tables);
  const figures = {
    ...(await sweepFigures(state)),
    ...(await seedsOf(folder, state)),
    ...(await futuresFigures(state, futures, threshold)),
  };
  await removeStale(join(folder, "plots"), figures);
  if (!plots) return files;
  // The renderer of PNGs is WebAssembly.
  await fitAddressSpace();
  const { svgToPng } = await import("@grok/plot");
  if (Object.keys(figures).length > 0) await makeFolder(join(folder, "plots"));
  for (const [name, svg] of Object.entries(figures)) {
    await writeFileAtomic(join(folder, "plots", `${name}.svg`), svg);
    const png = await svgToPng(svg, { fallback: fonts });
    await writeFileAtomic(join(folder, "plots", `${name}.png`), png);
    files.push(`plots/${name}.png`, `plots/${name}.svg`);
  }
  return files;
}

/** The figures that a sweep may have, by name. */
const ownFigure = /^(phase-diagram|seeds|futures(?:-\d)?|t-grok-by-[a-z0-9-]+)\.(svg|png)$/;

/** Removes a sweep's figures that show something else than these; other files are nobody's business. */
async function removeStale(folder: string, figures: Record<string, string>): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const stale = new Set<string>();
  for (const name of names) {
    const [, figure = ""] = ownFigure.exec(name) ?? [];
    if (figure === "") continue;
    const drawn = await readFile(join(folder, `${figure}.svg`), "utf8").catch(() => null);
    if (drawn !== figures[figure]) stale.add(name);
  }
  for (const name of stale) await rm(join(folder, name), { force: true });
}

async function seedsOf(folder: string, state: SweepState): Promise<Record<string, string>> {
  const curves: PointCurves[] = [];
  let threshold: number | undefined;
  for (const point of telling(state)) {
    const runs = await Promise.all(point.runs.map((run) => readBegun(folder, run)));
    threshold ??= thresholdOf(runs);
    curves.push({ point, records: runs.map((run) => run?.records ?? []) });
  }
  if (curves.length === 0) return {};
  return { seeds: await seedCurves(state, curves, threshold ?? usualThreshold) };
}
