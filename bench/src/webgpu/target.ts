import { ratios, spread } from "../statistics.ts";
import { fine } from "../verdict.ts";
import type { WorkloadId } from "../workload.ts";
import { type TargetKey, titles } from "./keys.ts";
import type { WebgpuImplementation, WebgpuResult } from "./result.ts";

/** How a target came out. */
export interface TargetRow {
  workload: WorkloadId;
  what: string;
  /** Undefined if it was not measured. */
  value?: number;
  /** How the value is written. */
  unit: "" | "×" | " s";
  /** Whether less is better. */
  isCost: boolean;
  /** Undefined if it is only aimed for. */
  needed?: number;
  /** To aim for; undefined if there is nothing beyond. */
  hoped?: number;
  /** "reached", "missed", "more than hoped for", "short of the aim", or why it was not measured. */
  verdict: string;
}

type Goal = Omit<TargetRow, "verdict" | "value">;

const software = "not measured: software adapter";

/** All targets, each with what was found of it or why nothing was. */
export function targetRows(result: WebgpuResult): TargetRow[] {
  return [
    dispatches(result, "W0", 60),
    dispatches(result, "W2", 20),
    ...(["W0", "W1"] as const).flatMap((id) => [
      speed(result, id, "torch-eager", "PyTorch eager", { needed: 2, hoped: 4 }),
      speed(result, id, "torch-graph", "PyTorch's CUDA graph", { hoped: 1 }),
    ]),
    mainJob(result),
  ];
}

function dispatches(result: WebgpuResult, workload: WorkloadId, needed: number): TargetRow {
  const goal: Goal = { workload, what: "dispatches per step", unit: "", isCost: true, needed };
  const counts = implementationOf(result, workload, "ours-node")?.counts;
  return judged(goal, counts?.dispatches ?? why(result, workload, "ours-node"));
}

function speed(
  result: WebgpuResult,
  workload: WorkloadId,
  key: TargetKey,
  name: string,
  limits: Pick<Goal, "needed" | "hoped">,
): TargetRow {
  const what = `steps/s, ours in Node / ${name}`;
  const goal: Goal = { workload, what, unit: "×", isCost: false, ...limits };
  if (result.adapter.isSoftware) return judged(goal, software);
  const ours = implementationOf(result, workload, "ours-node")?.stepsPerSecond;
  const theirs = implementationOf(result, workload, key)?.stepsPerSecond;
  for (const each of ["ours-node", key] as const) {
    const verdict = implementationOf(result, workload, each)?.verdict ?? fine;
    if (verdict !== fine) return judged(goal, `not measured: ${titles[each]} is wrong: ${verdict}`);
  }
  if (ours == null) return judged(goal, why(result, workload, "ours-node"));
  if (theirs == null) return judged(goal, why(result, workload, key));
  return judged(goal, ratios(ours.values, theirs.values).median);
}

function mainJob({ adapter, mainJob: runs }: WebgpuResult): TargetRow {
  const what = "the main job until it has grokked, median";
  const goal: Goal = { workload: "W0", what, unit: " s", isCost: true, needed: 5, hoped: 2 };
  if (adapter.isSoftware) return judged(goal, software);
  if (runs === null) return judged(goal, "not measured: --main-job asks for it");
  const failed = runs.find(({ tGrok }) => tGrok === null);
  if (failed !== undefined) {
    return judged(goal, `not measured: seed ${failed.seed} ended as ${failed.status}, not grokked`);
  }
  return judged(goal, spread(runs.map(({ seconds }) => seconds)).median);
}

function implementationOf(
  { workloads }: WebgpuResult,
  id: WorkloadId,
  key: TargetKey,
): WebgpuImplementation | undefined {
  const workload = workloads.find((each) => each.id === id);
  return workload?.implementations.find((each) => each.key === key);
}

/** Why there is nothing of an implementation. */
function why({ workloads, skipped }: WebgpuResult, id: WorkloadId, key: TargetKey): string {
  if (workloads.every((each) => each.id !== id)) return `not measured: ${id} was not asked for`;
  const reason = skipped.find((each) => each.startsWith(`${titles[key]} on ${id}: `));
  return reason === undefined ? "not measured" : `not measured: ${reason.split("\n")[0]}`;
}

function judged(goal: Goal, found: number | string): TargetRow {
  if (typeof found === "string") return { ...goal, verdict: found };
  const { isCost, needed, hoped } = goal;
  const reaches = (limit: number) => (isCost ? found <= limit : found >= limit);
  const verdict =
    hoped !== undefined && reaches(hoped)
      ? "more than hoped for"
      : needed === undefined
        ? "short of the aim"
        : reaches(needed)
          ? "reached"
          : "missed";
  return { ...goal, value: found, verdict };
}
