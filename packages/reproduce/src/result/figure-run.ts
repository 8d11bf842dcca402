import type { Setting } from "@grok/sweep";
import type { Measured } from "../judge/measured";

/** What a run of a figure came to. */
export interface FigureRun {
  readonly arm: string;
  /** The hash of what decides the run's result, see `runName` of @grok/sweep. */
  readonly name: string;
  /** What varies within its arm, by flag. */
  readonly settings: Readonly<Record<string, Setting>>;
  readonly seed: number;
  /** The command that makes this run. */
  readonly command: string;
  /** `failed`: it diverged. It counts as a run that never gets there. */
  readonly status: "grokked" | "ungrokked" | "finished" | "failed";
  /** Steps it made; of a run that diverged those it was to make. */
  readonly steps: number;
  readonly epochs: number | null;
  readonly parameters: number;
  readonly t_mem: number | null;
  readonly t_grok: number | null;
  readonly best_val_acc: number | null;
  readonly elapsed_sec: number;
  readonly backend: string;
  readonly threads: number | null;
  /** Packages that computed it, and their versions. */
  readonly versions: Readonly<Record<string, string>>;
  /** When it ended, ISO 8601; of runs recorded before this was kept, when they were judged. */
  readonly ended: string | null;
  /** The processor and the number of cores of the machine that recorded it; null if unknown. */
  readonly machine: string | null;
  /** Its evaluations, in order of step; thinned if the run was read from a recorded result. */
  readonly records: readonly RunRecord[];
  /**
   * What was measured on all of its evaluations, by quantity name, if the run was read from a recorded
   * result. A quantity that is defined again therefore takes another name.
   */
  readonly values?: Readonly<Record<string, Measured>>;
}

/** An evaluation: a step, and columns by name. */
export type RunRecord = { readonly step: number } & Readonly<
  Record<string, number | null | undefined>
>;

/** A column at an evaluation; NaN where it has none. */
export function valueAt(record: RunRecord, column: string): number {
  const value = record[column];
  return typeof value === "number" ? value : Number.NaN;
}

/** The last evaluation that has a column. */
export function lastOf(run: Pick<FigureRun, "records">, column: string): number {
  for (let i = run.records.length - 1; i >= 0; i--) {
    const value = valueAt(run.records[i] as RunRecord, column);
    if (Number.isFinite(value)) return value;
  }
  return Number.NaN;
}

/** The first step at which a column is at least a level; null if it never was. */
export function firstStep(
  run: Pick<FigureRun, "records">,
  column: string,
  level: number,
): number | null {
  return run.records.find((record) => valueAt(record, column) >= level)?.step ?? null;
}

/** The first step at which a column is below a level; null if it never was. */
export function firstStepBelow(
  run: Pick<FigureRun, "records">,
  column: string,
  level: number,
): number | null {
  return run.records.find((record) => valueAt(record, column) < level)?.step ?? null;
}
