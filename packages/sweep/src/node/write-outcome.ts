import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { svgToPng } from "@grok/plot";
import { readRun, writeFileAtomic } from "@grok/train/node";
import { type PointCurves, seedCurves, sweepFigures, telling } from "../outcome/figures";
import { runsCsv, runsMarkdown } from "../outcome/tables";
import type { SweepState } from "../state/sweep-state";
import { runFolder } from "./sweep-folder";

/**
 * Writes what came out of a sweep beside its sweep.json: `runs.csv`, `runs.md`, and its figures as
 * SVG and PNG into `plots`. Figures that the sweep cannot have are left out.
 *
 * @param plots whether figures are drawn; default true
 * @returns the names of the files, within the folder
 */
export async function writeOutcome(
  folder: string,
  state: SweepState,
  { plots = true }: { plots?: boolean } = {},
): Promise<string[]> {
  const files = ["runs.csv", "runs.md"];
  await writeFileAtomic(join(folder, "runs.csv"), runsCsv(state));
  await writeFileAtomic(join(folder, "runs.md"), runsMarkdown(state));
  if (!plots) return files;
  const figures = { ...sweepFigures(state), ...(await seedsOf(folder, state)) };
  if (Object.keys(figures).length > 0) await mkdir(join(folder, "plots"), { recursive: true });
  for (const [name, svg] of Object.entries(figures)) {
    await writeFileAtomic(join(folder, "plots", `${name}.svg`), svg);
    await writeFileAtomic(join(folder, "plots", `${name}.png`), await svgToPng(svg));
    files.push(`plots/${name}.png`, `plots/${name}.svg`);
  }
  return files;
}

async function seedsOf(folder: string, state: SweepState): Promise<Record<string, string>> {
  const curves: PointCurves[] = [];
  let threshold = 0.95;
  for (const point of telling(state)) {
    const runs = await Promise.all(point.runs.map(({ name }) => readRun(runFolder(folder, name))));
    threshold = runs[0]?.config.training.grokThreshold ?? threshold;
    curves.push({ point, records: runs.map(({ records }) => records) });
  }
  return curves.length === 0 ? {} : { seeds: seedCurves(state, curves, threshold) };
}
