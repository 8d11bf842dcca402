export { earlyStopByName } from "./early-stop/by-name";
export type { EarlyStop, Observation } from "./early-stop/early-stop";
export { type HalvingRuleOptions, halvingRule } from "./early-stop/halving-rule";
export { type MedianRuleOptions, medianRule } from "./early-stop/median-rule";
export { type ReplayedStop, replayEarlyStop, type WholeRun } from "./early-stop/replay";
export { type KubernetesJob, kubernetesManifest } from "./export/kubernetes";
export { type SlurmJob, slurmScript } from "./export/slurm";
export { type PointCurves, seedCurves, sweepFigures, telling } from "./outcome/figures";
export { futuresOfRuns, type PastRun } from "./outcome/futures-of-runs";
export { pointAxes, type SweepPoint, survivalOf, sweepPoints } from "./outcome/points";
export { type FinalRecords, runsCsv, sweepTable } from "./outcome/runs-table";
export { runsMarkdown } from "./outcome/tables";
export { type AdaptiveOptions, adaptivePlan } from "./plan/adaptive-plan";
export { planOf } from "./plan/plan";
export { FinishedSweep, type Found, runsForMost, runsToReach } from "./plan/replay-adaptive";
export type { SweepPlan } from "./plan/sweep-plan";
export { runName, sweepRun } from "./run/run-name";
export type { SweepRun } from "./run/sweep-run";
export { trunksOf } from "./run/trunks-of";
export { checkSweep } from "./spec/check";
export { expandSweep, sweepAxes } from "./spec/expand-sweep";
export { parseGrid, parseSeeds } from "./spec/grid-flag";
export { sweepLimits } from "./spec/limits";
export { extensionsUsedBy, parseSweep, withoutUse } from "./spec/parse-sweep";
export {
  type Condition,
  type Settings,
  type Sweep,
  type SweepSpec,
  seedsOf,
  type Value,
} from "./spec/spec";
export { type Setting, settingOf } from "./state/setting";
export {
  isDone,
  type MissingRun,
  type RunState,
  type SweepState,
  sweepStateSchema,
  tally,
  waitingRun,
} from "./state/sweep-state";
export { SweepError } from "./sweep-error";
