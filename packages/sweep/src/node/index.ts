export { exportRecords, type RecordFormat, recordFormats } from "./export-records";
export { reuseRun, siblingSweeps, takeRun } from "./reuse";
export { type RunSweepOptions, runSweep, share } from "./run-sweep";
export {
  type Runner,
  RunnerError,
  type RunnerOptions,
  type RunOptions,
  startRunner,
} from "./runner";
export type { RunEvent, RunTask } from "./runner-message";
export { runSpeedrun, type SpeedrunOutcome } from "./speedrun";
export { readSweep, runFolder, runsName } from "./sweep-folder";
export { type SweepStateOptions, SweepStateStore } from "./sweep-state-store";
export { type OutcomeOptions, writeOutcome } from "./write-outcome";
