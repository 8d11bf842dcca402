import { type FigureRun, firstStep, lastOf } from "../result/figure-run";
import type { Measured } from "./measured";
import { certain, timeOf } from "./quantity";

/** The first step at which validation accuracy is at least a level. */
export function stepOf(level: number, column = "val_acc"): (run: FigureRun) => Measured {
  return (run) => timeOf(firstStep(run, column, level), run.steps);
}

/** The same in epochs; null for a run that has none. */
export function epochOf(level: number, column = "val_acc"): (run: FigureRun) => Measured | null {
  return (run) => perEpoch(run, stepOf(level, column)(run));
}

/** How many steps validation accuracy takes from one level to another; null if it did not reach the first. */
export function stepsBetween(from: number, to: number): (run: FigureRun) => Measured | null {
  return (run) => {
    const [start, end] = [stepOf(from)(run), stepOf(to)(run)];
    return start.happened ? { value: end.value - start.value, happened: end.happened } : null;
  };
}

/** A number of steps in epochs; null for a run that has none. */
export function perEpoch(run: FigureRun, steps: Measured | null): Measured | null {
  const each = stepsPerEpoch(run);
  return steps === null || each === null ? null : { ...steps, value: steps.value / each };
}

/** Updates in a pass over the training set; null if that never ends. */
export function stepsPerEpoch({ steps, epochs }: FigureRun): number | null {
  return epochs === null || epochs === 0 ? null : steps / epochs;
}

/** A column at a run's end. */
export function finalOf(column: string): (run: FigureRun) => Measured | null {
  return (run) => certain(lastOf(run, column));
}

/** Seconds of training until validation accuracy was at least a level. */
export function secondsTo(level: number): (run: FigureRun) => Measured {
  return ({ records, elapsed_sec }) => {
    const record = records.find(({ val_acc }) => (val_acc ?? 0) >= level);
    return timeOf(record?.elapsed_sec ?? null, elapsed_sec);
  };
}
