import { decodeAnalysis } from "../run/analysis";
import type { Checkpoint } from "../run/checkpoint";
import { RunError } from "../run/error";
import type { RunFiles } from "../run/files";
import { analysisName } from "../run/names";
import { listCheckpoints, type ReadableFiles, readCheckpointFile } from "../run/read";
import type { Analysis } from "./analysis";
import type { CheckpointAnalysis } from "./record";

/** Which checkpoints are analysed: all, the last, or so many of them, evenly spaced. */
export type CheckpointChoice = "all" | "last" | number;

/** What {@link analyseRun} tells on its way. */
export interface AnalysisStep {
  /** Checkpoints done, of how many. */
  done: number;
  of: number;
  step: number;
  /** Whether all of it was there already. */
  isKept: boolean;
}

/** What {@link analyseRun} found. */
export interface AnalysedRun {
  /** A record per checkpoint analysed, now or before, in the order of their steps. */
  records: CheckpointAnalysis[];
  /** The key frequencies judged by; null if the run has none. */
  frequencies: readonly number[] | null;
  /** Checkpoints that there are, with their steps. */
  checkpoints: { step: number; name: string }[];
  /** What a reader should be told, e.g. of a checkpoint that is damaged. */
  notices: string[];
}

/**
 * Analyses the checkpoints of a run, finished or not, and writes what it finds to analysis.jsonl: a
 * line per checkpoint, the whole file again after each, so that a crash at any instant leaves what was
 * there before. What the file has already is not computed again.
 *
 * Losses and signals are judged by the key frequencies of the last checkpoint.
 *
 * @param options `choice` default all; with `isFresh` nothing of the file before is taken
 * @throws RunError if the file or all checkpoints cannot be read
 */
export async function* analyseRun(
  files: ReadableFiles & Pick<RunFiles, "write">,
  analysis: Analysis,
  {
    choice = "all",
    isFresh = false,
    signal,
  }: { choice?: CheckpointChoice; isFresh?: boolean; signal?: AbortSignal } = {},
): AsyncGenerator<AnalysisStep, AnalysedRun, void> {
  const { kept, notices } = await readAnalysis(files);
  const checkpoints = await listCheckpoints(files);
  const last = await lastOf(files, checkpoints, notices);
  if (last === null)
    return { records: isFresh ? [] : [...kept.values()], frequencies: null, checkpoints, notices };
  const frequencies = await analysis.keyFrequencies(last);
  if (isFresh) kept.clear();
  const chosen = choose(
    checkpoints.filter(({ step }) => step <= last.progress.step),
    choice,
  );
  let done = 0;
  for (const { step, name } of chosen) {
    if (signal?.aborted) break;
    const before = kept.get(step);
    const isKept = analysis.missing(before, frequencies).length === 0;
    if (!isKept) {
      const isLast = step === last.progress.step;
      const checkpoint = isLast ? last : await readOr(files, name, notices);
      if (checkpoint !== null) {
        kept.set(step, await analysis.record(checkpoint, frequencies, before));
        await files.write(analysisName, encode(kept));
      }
    }
    yield { done: ++done, of: chosen.length, step, isKept };
  }
  // What was judged by other frequencies, or is another run's, is not of one piece with the rest.
  const records = sorted(kept).filter(
    (record) => analysis.missing(record, frequencies).length === 0,
  );
  return { records, frequencies, checkpoints, notices };
}

/** So many of the checkpoints, evenly spaced, the first and the last among them. */
export function choose<T>(checkpoints: readonly T[], choice: CheckpointChoice): T[] {
  const { length } = checkpoints;
  if (choice === "all" || (typeof choice === "number" && choice >= length)) return [...checkpoints];
  if (choice === "last" || choice === 1) return checkpoints.slice(-1);
  const places = Array.from({ length: choice }, (_, i) =>
    Math.round((i * (length - 1)) / (choice - 1)),
  );
  return places.map((place) => checkpoints[place] as T);
}

/** The records of a run's analysis.jsonl by their steps; those that are no record are left out. */
async function readAnalysis(
  files: ReadableFiles,
): Promise<{ kept: Map<number, CheckpointAnalysis>; notices: string[] }> {
  const kept = new Map<number, CheckpointAnalysis>();
  const bytes = await files.read(analysisName);
  if (bytes === null) return { kept, notices: [] };
  try {
    for (const record of decodeAnalysis(new TextDecoder().decode(bytes))) {
      kept.set(record.step, record);
    }
    return { kept, notices: [] };
  } catch (error) {
    // It is made from the checkpoints, so nothing is lost by making it again.
    if (!(error instanceof RunError)) throw error;
    const notice = `${files.path(analysisName)} is made again: ${error.message}`;
    return { kept: new Map(), notices: [notice] };
  }
}

/** The newest checkpoint that is whole. */
async function lastOf(
  files: ReadableFiles,
  checkpoints: readonly { name: string }[],
  notices: string[],
): Promise<Checkpoint | null> {
  for (const { name } of [...checkpoints].reverse()) {
    const checkpoint = await readOr(files, name, notices);
    if (checkpoint !== null) return checkpoint;
  }
  return null;
}

/** A checkpoint; null with a notice where it is damaged, or the run has dropped it meanwhile. */
async function readOr(
  files: ReadableFiles,
  name: string,
  notices: string[],
): Promise<Checkpoint | null> {
  try {
    return await readCheckpointFile(files, name);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    notices.push(`A checkpoint was left out: ${error.message}`);
    return null;
  }
}

function sorted(records: ReadonlyMap<number, CheckpointAnalysis>): CheckpointAnalysis[] {
  return [...records.values()].sort((a, b) => a.step - b.step);
}

function encode(records: ReadonlyMap<number, CheckpointAnalysis>): string {
  return sorted(records)
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");
}
