import { scoreOf } from "@grok/metrics";
import type { ServedEntry } from "../worker/protocol";
import type { ReadableRun } from "./groups";

/** Runs of one place of a diagram: the same settings, other seeds. */
export interface SweepCell {
  runs: number;
  grokked: number;
  training: number;
  /** Of those that have grokked, the middle step. */
  medianTGrok: number | null;
  /** The highest validation accuracy, or explained share, of a newest record among them. */
  bestVal: number | null;
}

/** One setting of a sweep with its values, in their order. */
export interface SweepAxis {
  /** The flag. */
  name: string;
  values: readonly string[];
}

/** A sweep's folder as a diagram: the two settings that take the most values, seeds in one place. */
export interface SweepDiagram {
  /** Its folder below the served one. */
  name: string;
  runs: number;
  rows: SweepAxis;
  /** Null if only one setting varies. */
  columns: SweepAxis | null;
  /** Settings that vary besides, whose runs lie over each other here. */
  others: readonly string[];
  cells: readonly (readonly SweepCell[])[];
}

/** The sweeps among runs that are served: folders with several runs below `runs/` that differ in a setting. */
export function sweepsOf(entries: readonly ServedEntry[]): SweepDiagram[] {
  const folders = new Map<string, (ServedEntry & ReadableRun)[]>();
  for (const entry of entries) {
    const folder = /^(.+)\/runs\/[^/]+$/.exec(entry.name)?.[1];
    if (folder === undefined || entry.run === null) continue;
    const own = folders.get(folder) ?? [];
    folders.set(folder, [...own, { ...entry, run: entry.run }]);
  }
  return [...folders].flatMap(([name, runs]) => diagramOf(name, runs) ?? []);
}

function diagramOf(
  name: string,
  runs: readonly (ServedEntry & ReadableRun)[],
): SweepDiagram | null {
  const flags = Object.keys(runs[0]?.run.values ?? {}).filter((flag) => flag !== "seed");
  const axes = flags
    .map((flag): SweepAxis => ({ name: flag, values: valuesOf(runs, flag) }))
    .filter(({ values }) => values.length > 1)
    .toSorted((a, b) => b.values.length - a.values.length);
  // In the settings' own order, so that the diagram does not turn over while one axis outgrows the other.
  const [rows, columns = null] = axes
    .slice(0, 2)
    .toSorted((a, b) => flags.indexOf(a.name) - flags.indexOf(b.name));
  if (rows === undefined) return null;
  const cells = rows.values.map((row) =>
    (columns?.values ?? [null]).map((column) =>
      cellOf(
        runs.filter(
          ({ run: { values } }) =>
            textOf(values[rows.name]) === row &&
            (columns === null || textOf(values[columns.name]) === column),
        ),
      ),
    ),
  );
  const others = axes.slice(2).map((axis) => axis.name);
  return { name, runs: runs.length, rows, columns, others, cells };
}

function cellOf(runs: readonly (ServedEntry & ReadableRun)[]): SweepCell {
  const steps = runs.flatMap(({ summary }) => summary?.t_grok ?? []).toSorted((a, b) => a - b);
  const scores = runs
    .flatMap(({ last }) => (last === null ? [] : [scoreOf(last, "val")]))
    .filter((score) => !Number.isNaN(score));
  return {
    runs: runs.length,
    grokked: steps.length,
    training: runs.filter(({ isInUse }) => isInUse).length,
    medianTGrok: steps[Math.floor((steps.length - 1) / 2)] ?? null,
    bestVal: scores.length === 0 ? null : Math.max(...scores),
  };
}

/** The values that a setting takes: numbers by their size, others by their letters. */
function valuesOf(runs: readonly ReadableRun[], flag: string): string[] {
  const values = new Set(runs.map(({ run }) => textOf(run.values[flag])));
  return [...values].toSorted((a, b) => {
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y;
  });
}

function textOf(value: string | null | undefined): string {
  return value ?? "none";
}
