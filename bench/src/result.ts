import type { Library } from "./implementation.ts";
import type { Machine } from "./machine.ts";
import type { ProductSpeeds, Profile } from "./protocol.ts";
import type { Spread } from "./statistics.ts";
import type { WorkloadId } from "./workload.ts";

/** Everything that a run of the comparison found: results/bench.json. */
export interface Result {
  /** When it began, as ISO 8601. */
  date: string;
  command: string;
  machine: Machine;
  versions: Record<string, string>;
  settings: { rounds: number; sliceSeconds: number; warmSeconds: number };
  workloads: WorkloadResult[];
  /** What was not measured, and why. */
  skipped: string[];
}

/** What was found of one workload. */
export interface WorkloadResult {
  id: WorkloadId;
  title: string;
  preset: string;
  parameters: number;
  /** The processor's limit for 128-bit multiply-adds in the same rounds, GFLOP per second. */
  peak: { oneCore: Spread; allCores: Spread } | null;
  implementations: ImplementationResult[];
  /** Our matrix products at this workload's shapes, one thread. */
  products: ProductSpeeds | null;
}

/** What was found of an implementation on one workload. */
export interface ImplementationResult {
  key: string;
  title: string;
  library: Library;
  threads: number;
  stepsPerSecond: Spread;
  /** 10⁹ floating-point operations that its way of working needs in a step. */
  gflopPerStep: number;
  /** The most memory that its process had, in bytes. */
  peakMemory: number;
  /** Losses of the common first steps, and the newest one that is known. */
  losses: { first: number[]; last: number };
  /** Whether it trains as the others do; else what is wrong. */
  verdict: string;
  /** Where the time goes; of ours with all shortcuts only. */
  profile: Profile | null;
}
