import type { Library } from "../implementation.ts";
import type { Machine } from "../machine.ts";
import type { Adapter, StepCounts } from "../protocol.ts";
import type { Spread } from "../statistics.ts";
import type { Turns } from "../team.ts";
import type { WorkloadId } from "../workload.ts";

/** Everything that a run of the comparison on graphics devices found. */
export interface WebgpuResult {
  /** When it began, as ISO 8601. */
  date: string;
  command: string;
  machine: Machine;
  /** What Node finds here. */
  adapter: Adapter;
  /** For people: what the numbers mean. */
  note: string;
  versions: Record<string, string>;
  settings: WebgpuSettings;
  workloads: WebgpuWorkload[];
  /** Null if it was not asked for or not measured. */
  mainJob: MainJobRun[] | null;
  /** What was not measured, and why. */
  skipped: string[];
}

/** How long the comparison measures. */
export interface WebgpuSettings extends Turns {
  /** Steps that are counted. */
  steps: number;
}

/** What was found of one workload. */
export interface WebgpuWorkload {
  id: WorkloadId;
  preset: string;
  title: string;
  /** Examples of a batch. */
  batch: number;
  parameters: number;
  implementations: WebgpuImplementation[];
}

/** What was found of an implementation on one workload. */
export interface WebgpuImplementation {
  key: string;
  title: string;
  library: Library;
  /** Null for what does not compute on WebGPU. */
  adapter: Adapter | null;
  /** Null if nothing was measured. */
  stepsPerSecond: Spread | null;
  counts: StepCounts | null;
  /** Losses of the common first steps, and the newest one that is known. */
  losses: { first: number[]; last: number | null };
  /** Whether it trains as the others do; else what is wrong. */
  verdict: string;
}

/** The main job, trained once from nothing. */
export interface MainJobRun {
  seed: number;
  status: string;
  /** The step at which it had grokked; null if it has not. */
  tGrok: number | null;
  /** Of training, programs' compilation and evaluations included. */
  seconds: number;
  stepsPerSecond: number | null;
}
