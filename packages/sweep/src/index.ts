export { runName, sweepRun } from "./run/run-name";
export type { SweepRun } from "./run/sweep-run";
export { checkSweep } from "./spec/check";
export { expandSweep, sweepAxes } from "./spec/expand-sweep";
export { parseSweep } from "./spec/parse-sweep";
export type { Condition, Settings, Sweep, SweepSpec, Value } from "./spec/spec";
export { SweepError } from "./sweep-error";
