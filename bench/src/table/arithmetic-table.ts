import type { ImplementationResult, Result, WorkloadResult } from "../result.ts";
import { outcomes } from "../target.ts";
import { markdown, number, percent } from "./markdown.ts";

/** The arithmetic of a step, and the share of the processor's limit that is reached. */
export function arithmeticTable({ workloads }: Result): string {
  const rows = workloads.flatMap((workload) => {
    const { id, peak, implementations } = workload;
    const torch = outcomes([workload]).find(({ against }) => against.library === "torch")?.against;
    const ours = implementations.filter(
      ({ library, key }) => library === "ours" && !key.includes("plain"),
    );
    return [...ours, ...(torch === undefined ? [] : [torch])].map((implementation) => {
      const { title, gflopPerStep, stepsPerSecond } = implementation;
      return [
        id,
        title,
        number(gflopPerStep),
        number(gflopPerStep * stepsPerSecond.median),
        peak === null ? "–" : number(limitOf(implementation, peak)),
        peak === null
          ? "–"
          : percent((gflopPerStep * stepsPerSecond.median) / limitOf(implementation, peak)),
      ];
    });
  });
  const head = [
    "",
    "implementation",
    "GFLOP per step",
    "GFLOP/s",
    "128-bit FMA peak, GFLOP/s",
    "share",
  ];
  return markdown(head, rows);
}

/** What the cores that an implementation uses could do. */
function limitOf(
  { threads }: ImplementationResult,
  { oneCore, allCores }: NonNullable<WorkloadResult["peak"]>,
): number {
  return threads === 1 ? oneCore.median : allCores.median;
}
