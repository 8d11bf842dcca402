import type { StepCounts } from "../protocol.ts";
import { fine } from "../verdict.ts";
import type { TargetKey } from "./keys.ts";
import { titles } from "./keys.ts";
import type { WebgpuImplementation, WebgpuResult } from "./result.ts";

/** A result as a machine with a GPU has it, for tests. */
export function aResult(parts: Partial<WebgpuResult>): WebgpuResult {
  return {
    date: "2026-11-21T04:12:25.164Z",
    command: "pnpm bench --backend webgpu",
    machine: { cpu: "A Processor", cores: 16, memory: 2 ** 37, system: "linux 6", load: 0.1 },
    adapter: { name: "A GPU", isSoftware: false, hasTimestamps: true },
    note: "A note.",
    versions: { Node: "24.21.0" },
    settings: { rounds: 3, sliceSeconds: 0.5, warmSeconds: 1, steps: 64 },
    workloads: [],
    mainJob: null,
    skipped: [],
    ...parts,
  };
}

const counts: StepCounts = {
  steps: 64,
  dispatches: 57,
  submits: 1,
  copies: 2,
  bytesUp: 4096,
  reads: 0,
  bytesDown: 8,
  buffers: 0.25,
  hostMs: 1.5,
  wallMs: 2,
  deviceMs: 1,
  bytesHeld: 2 ** 21,
};

/** An implementation of a result, for tests. */
export function implementation(
  key: TargetKey,
  {
    dispatches = 57,
    deviceMs = 1,
    ...parts
  }: Partial<WebgpuImplementation & Pick<StepCounts, "dispatches" | "deviceMs">> = {},
): WebgpuImplementation {
  const isOurs = key === "ours-node";
  return {
    key,
    title: titles[key],
    library: isOurs ? "ours" : "torch",
    adapter: isOurs ? { name: "A GPU", isSoftware: false, hasTimestamps: true } : null,
    stepsPerSecond: null,
    counts: isOurs ? { ...counts, dispatches, deviceMs } : null,
    losses: { first: [4], last: 3 },
    verdict: fine,
    ...parts,
  };
}
