import type { EarlyStop, Observation } from "./early-stop";

/** A run that was brought to its end. */
export interface WholeRun {
  readonly name: string;
  /** Steps that it was given. */
  readonly steps: number;
  readonly t_grok: number | null;
  readonly records: readonly Observation[];
}

/** What a rule would have done to a sweep. */
export interface ReplayedStop {
  readonly runs: number;
  readonly grokked: number;
  /** Runs that the rule stops. */
  readonly stopped: number;
  /** Of these, those that grok later: what the rule would have hidden. */
  readonly falselyStopped: number;
  /** falselyStopped ÷ grokked; null if none grokked. */
  readonly falseStopRate: number | null;
  /** Share of all steps that are saved. */
  readonly stepsSaved: number;
}

/**
 * Holds a rule against a sweep that is done: its runs continue side by side, some at a time, each an
 * evaluation further in turn, and end where the rule stops them.
 *
 * @param jobs how many run at once; the rule sees the more of others the fewer
 */
export function replayEarlyStop(
  rule: EarlyStop,
  runs: readonly WholeRun[],
  jobs: number,
): ReplayedStop {
  const waiting = [...runs];
  const going: { run: WholeRun; at: number }[] = [];
  let [stopped, falselyStopped, made, whole] = [0, 0, 0, 0];
  for (;;) {
    while (going.length < jobs && waiting.length > 0) {
      going.push({ run: waiting.shift() as WholeRun, at: 0 });
    }
    if (going.length === 0) break;
    for (const each of going.slice()) {
      const { run } = each;
      const record = run.records[each.at++];
      const end = run.records.at(-1)?.step ?? 0;
      const isOver = record === undefined;
      if (!isOver && !rule.stops(run.name, record, run.steps)) continue;
      going.splice(going.indexOf(each), 1);
      whole += end;
      made += record?.step ?? end;
      if (isOver || record.step >= end) continue;
      stopped++;
      if (run.t_grok !== null && run.t_grok > record.step) falselyStopped++;
    }
  }
  const grokked = runs.filter(({ t_grok }) => t_grok !== null).length;
  return {
    runs: runs.length,
    grokked,
    stopped,
    falselyStopped,
    falseStopRate: grokked === 0 ? null : falselyStopped / grokked,
    stepsSaved: whole === 0 ? 0 : 1 - made / whole,
  };
}
