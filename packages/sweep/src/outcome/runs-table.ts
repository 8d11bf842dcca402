import { transitionOf } from "@grok/metrics/statistics";
import type { EvaluationRecord } from "@grok/train";
import { type Column, columnType, csvOf, type Table } from "@grok/train/table";
import type { RunState, SweepState } from "../state/sweep-state";
import type { Cell } from "./cells";

/** What is reported about each run. */
export interface RunColumn {
  title: string;
  type: Column["type"];
  of: (run: RunState) => Cell;
}

/** The last evaluation of runs, by their names; runs without any are left out. */
export type FinalRecords = ReadonlyMap<string, EvaluationRecord>;

/** Columns that every sweep has. */
export const runColumns: readonly RunColumn[] = [
  { title: "state", type: "text", of: ({ state }) => state },
  { title: "step", type: "integer", of: ({ step }) => step },
  { title: "steps", type: "integer", of: ({ steps }) => steps },
  { title: "t_mem", type: "integer", of: ({ t_mem }) => t_mem },
  { title: "t_grok", type: "integer", of: ({ t_grok }) => t_grok },
  { title: "best_val_acc", type: "number", of: ({ best_val_acc }) => best_val_acc },
  { title: "elapsed_sec", type: "number", of: ({ elapsed_sec }) => elapsed_sec },
];

/** Columns that only some sweeps have. */
export const rareColumns: readonly RunColumn[] = [
  { title: "stopped_at", type: "integer", of: ({ stopped }) => stopped?.step },
  { title: "stopped_by", type: "text", of: ({ stopped }) => stopped?.by },
  { title: "error", type: "text", of: ({ error }) => error },
];

/** How the run came to generalise. */
export const transitionColumn: RunColumn = {
  title: "transition",
  type: "text",
  of: (run) => transitionOf(run),
};

/** What stands for accuracies, which answers that are values do not have. */
export function lossColumns({ runs }: SweepState): RunColumn[] {
  const areValues = runs.some(({ best_val_loss }) => best_val_loss !== undefined);
  const of = ({ best_val_loss }: RunState) => best_val_loss;
  return areValues ? [{ title: "best_val_loss", type: "number", of }] : [];
}

/** When runs forgot, if any did. */
export function forgettingColumns({ runs }: SweepState): RunColumn[] {
  const hasForgotten = runs.some(({ t_ungrok }) => t_ungrok !== undefined);
  const of = ({ t_ungrok }: RunState) => t_ungrok;
  return hasForgotten ? [{ title: "t_ungrok", type: "integer", of }] : [];
}

/** What stands in columns of their own. */
const told = new Set(["step", "epoch", "elapsed_sec"]);

/** Accuracies, losses and metrics of each run's last evaluation, as `final_val_acc`. */
function finalColumns({ runs }: SweepState, finals: FinalRecords): RunColumn[] {
  const records = runs.flatMap(({ name }) => finals.get(name) ?? []);
  const names = new Set(records.flatMap(Object.keys).filter((name) => !told.has(name)));
  return Array.from(names, (name) => ({
    title: `final_${name}`,
    type: "number",
    of: (run) => {
      const value = finals.get(run.name)?.[name];
      return Number.isFinite(value) ? value : null;
    },
  }));
}

/**
 * Every run of a sweep as a row: its name, what varies, how it stands, and with what accuracies, losses
 * and metrics it ended. Columns that came later stand behind those before, as scripts may know these by
 * their place.
 *
 * @param finals default: none are known, and there are no columns of them
 */
export function sweepTable(state: SweepState, finals: FinalRecords = new Map()): Table {
  const all = [
    ...runColumns,
    ...rareColumns,
    transitionColumn,
    ...lossColumns(state),
    ...forgettingColumns(state),
    ...finalColumns(state, finals),
  ];
  const axes = state.axes.map((name) => ({
    name,
    type: columnType(state.runs.map(({ settings }) => settings[name] ?? null)),
  }));
  return {
    columns: [
      { name: "run", type: "text" },
      ...axes,
      ...all.map(({ title, type }) => ({ name: title, type })),
    ],
    rows: state.runs.map((run) => [
      run.name,
      ...state.axes.map((axis) => run.settings[axis] ?? null),
      ...all.map(({ of }) => of(run) ?? null),
    ]),
  };
}

/** {@link sweepTable} as CSV (RFC 4180). */
export function runsCsv(state: SweepState, finals?: FinalRecords): string {
  return csvOf(sweepTable(state, finals));
}
