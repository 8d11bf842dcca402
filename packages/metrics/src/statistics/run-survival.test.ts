import { expect, it } from "vitest";
import { kaplanMeier } from "./kaplan-meier";
import { survivalOfRun } from "./run-survival";

it("counts a run that diverged as one that never groks", () => {
  expect(survivalOfRun({ t_grok: 300, step: 400 })).toEqual({ time: 300, happened: true });
  expect(survivalOfRun({ t_grok: null, step: 400 })).toEqual({ time: 400, happened: false });
  const diverged = { t_grok: null, step: 50, hasFailed: true, planned: 1_000 };
  expect(survivalOfRun(diverged)).toEqual({ time: 1_000, happened: false });
  // A learning rate at which two of three runs diverge has no median of 300 steps.
  const runs = [{ t_grok: 300, step: 300 }, diverged, diverged];
  expect(kaplanMeier(runs.map(survivalOfRun)).median).toBeNull();
  // One that groks and diverges later did grok.
  expect(survivalOfRun({ t_grok: 300, step: 500, hasFailed: true })).toMatchObject({
    happened: true,
  });
});
