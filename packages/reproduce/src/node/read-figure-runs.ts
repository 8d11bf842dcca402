import { stat } from "node:fs/promises";
import { join } from "node:path";
import { runFolder } from "@grok/sweep/node";
import { readRun } from "@grok/train/node";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { FigureRun } from "../result/figure-run";
import { machineText } from "./machine";

/** The runs of a figure that have ended as planned, from the figure's folder. */
export async function readFigureRuns(
  figure: Pick<Figure, "arms">,
  folder: string,
): Promise<FigureRun[]> {
  const runs: FigureRun[] = [];
  for (const { arm, name, settings, command } of figureRuns(figure)) {
    const run = await readRun(runFolder(folder, name)).catch(() => null);
    const status = run?.summary?.status;
    if (!run?.summary || (status !== "grokked" && status !== "finished")) continue;
    const { steps, epochs, parameters, t_mem, t_grok, best_val_acc, elapsed_sec, seed } =
      run.summary;
    const { backend, threads } = run.summary;
    const { mtime } = await stat(join(runFolder(folder, name), "summary.json"));
    runs.push({
      arm,
      name,
      settings,
      seed,
      command,
      status,
      steps,
      epochs,
      parameters,
      t_mem,
      t_grok,
      best_val_acc,
      elapsed_sec,
      backend,
      threads,
      versions: run.config.versions,
      ended: mtime.toISOString(),
      machine: machineText(),
      records: run.records,
    });
  }
  return runs;
}
