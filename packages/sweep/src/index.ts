export { runName, sweepRun } from "./run/run-name";
export type { SweepRun } from "./run/sweep-run";
