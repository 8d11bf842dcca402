import type { SpeedrunRecord, SpeedrunRun } from "./record";

/** What a seed that was run again says of a record. */
export interface SpeedrunReplay {
  seed: number;
  /** How it went this time. */
  run: SpeedrunRun;
  /** How the record has it. */
  recorded: SpeedrunRun;
  /**
   * `same`: all losses and accuracies, bit for bit. `other digits`: this machine computes otherwise, and
   * the run came to 95% no later than the record's slowest. `not reproduced`: neither.
   */
  verdict: "same" | "other digits" | "not reproduced";
}

/** Holds a seed that was run again against a record. */
export function replayOf(record: SpeedrunRecord, run: SpeedrunRun): SpeedrunReplay | null {
  const recorded = record.runs.find(({ seed }) => seed === run.seed);
  if (recorded === undefined) return null;
  const slowest = Math.max(...record.runs.map(({ steps }) => steps ?? Infinity));
  const isSame = run.digest === recorded.digest && run.steps === recorded.steps;
  const isAsFast = run.steps !== null && run.steps <= slowest && run.name === recorded.name;
  const verdict = isSame ? "same" : isAsFast ? "other digits" : "not reproduced";
  return { seed: run.seed, run, recorded, verdict };
}
