import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { runFolder } from "@grok/sweep/node";
import { decodeAnalysis } from "@grok/train";
import { machineText, readRun } from "@grok/train/node";
import type { Figure } from "../figure/figure";
import { figureRuns } from "../figure/figure-runs";
import type { FigureRun, RunRecord } from "../result/figure-run";

/**
 * The runs of a figure that have ended, from the figure's folder: as planned, or because they diverged.
 * One that was interrupted, or that failed for a reason of the machine's, is not among them.
 */
export async function readFigureRuns(
  figure: Pick<Figure, "arms">,
  folder: string,
): Promise<FigureRun[]> {
  const runs: FigureRun[] = [];
  for (const { arm, name, settings, command, experiment } of figureRuns(figure)) {
    const own = runFolder(folder, name);
    const run = await readRun(own).catch(() => null);
    if (!run?.summary) continue;
    const { status, error, ...summary } = run.summary;
    if (status === "interrupted" || (status === "failed" && !isDivergence(error))) continue;
    const { mtime } = await stat(join(own, "summary.json"));
    const isAnalysed = figure.arms.some((each) => each.name === arm && each.analysis !== undefined);
    runs.push({
      arm,
      name,
      settings,
      seed: summary.seed,
      command,
      status,
      // A run that diverged never gets there: it counts as watched for all the steps it was to make.
      steps: status === "failed" ? experiment.training.steps : summary.steps,
      epochs: summary.epochs,
      parameters: summary.parameters,
      t_mem: summary.t_mem,
      t_grok: summary.t_grok,
      best_val_acc: summary.best_val_acc,
      elapsed_sec: summary.elapsed_sec,
      backend: summary.backend,
      threads: summary.threads,
      versions: run.config.versions,
      ended: mtime.toISOString(),
      machine: machineText(),
      records: isAnalysed ? await withAnalysis(run.records, own) : run.records,
    });
  }
  return runs;
}

/** Whether a run failed by going out of the finite numbers, by what its summary says. */
function isDivergence(error: string | undefined): boolean {
  return /at step \d+ is (NaN|-?Infinity)/.test(error ?? "");
}

/** Evaluations with what was found on the checkpoints of their steps, as columns that begin with `end_`. */
async function withAnalysis(
  records: readonly RunRecord[],
  folder: string,
): Promise<readonly RunRecord[]> {
  const text = await readFile(join(folder, "analysis.jsonl"), "utf8").catch(() => null);
  if (text === null) return records;
  const found = new Map(decodeAnalysis(text).map((record) => [record.step, record]));
  return records.map((record) => {
    const columns = Object.entries(found.get(record.step) ?? {}).filter(
      (entry): entry is [string, number] => entry[0] !== "step" && typeof entry[1] === "number",
    );
    return {
      ...record,
      ...Object.fromEntries(columns.map(([name, value]) => [`end_${name}`, value])),
    };
  });
}
