export {
  type Runner,
  RunnerError,
  type RunnerOptions,
  type RunOptions,
  startRunner,
} from "./runner";
export type { RunEvent, RunTask } from "./runner-message";
