import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../preset/resolve";
import { RunSchedule } from "./run-schedule";

function schedule(training: Record<string, number | boolean>) {
  const { training: own, ...experiment } = resolveExperiment({ preset: "order-parameters" });
  return new RunSchedule({ ...experiment, training: { ...own, steps: 95, ...training } });
}

const upTo = (steps: number) => Array.from({ length: steps }, (_, i) => i + 1);

describe("RunSchedule", () => {
  it("evaluates at every this many steps, at the last, and at the first if asked", () => {
    const own = schedule({ evalEvery: 30, evalAtStart: true });
    expect(upTo(95).filter((step) => own.isEvaluationDue(step))).toEqual([1, 30, 60, 90, 95]);
    const late = schedule({ evalEvery: 30, evalAtStart: false });
    expect(upTo(95).filter((step) => late.isEvaluationDue(step))).toEqual([30, 60, 90, 95]);
  });

  it("measures at the ends, at every so many evaluations, and where the run first groks", () => {
    const own = schedule({ evalEvery: 10, metricsEvery: 3 });
    expect(upTo(95).filter((step) => own.areMetricsDue(step, false))).toEqual([1, 30, 60, 90, 95]);
    expect(own.areMetricsDue(40, true)).toBe(true);
  });

  it("keeps a checkpoint at every this many steps, and with 0 at none", () => {
    const own = schedule({ checkpointEvery: 40 });
    expect(upTo(95).filter((step) => own.isCheckpointDue(step))).toEqual([40, 80]);
    const none = schedule({ checkpointEvery: 0 });
    expect(upTo(95).some((step) => none.isCheckpointDue(step))).toBe(false);
  });
});
