import { beforeAll, expect, it } from "vitest";
import { d5 } from "../../test/d5";
import type { SweepRun } from "../run/sweep-run";
import { expandSweep } from "../spec/expand-sweep";
import { jobId, MissingExtensionError, readJob } from "./job";

let extensions: Awaited<ReturnType<typeof d5>>[];
let run: SweepRun;
beforeAll(async () => {
  extensions = [await d5()];
  [run] = expandSweep({ preset: "d5" }, { extensions }) as [SweepRun];
});

it("gives a worker that has the code its run, which the job names by digest", () => {
  const job = JSON.parse(JSON.stringify({ experiment: run.experiment }));
  expect(JSON.stringify(job)).not.toContain("pentagon");
  expect(readJob(jobId(run.name), job, { extensions })).toEqual(run);
});

it("leaves a run to others without the very code that it names", async () => {
  const job = { experiment: run.experiment };
  expect(() => readJob(jobId(run.name), job)).toThrow(MissingExtensionError);
  expect(() => readJob(jobId(run.name), job)).toThrow(
    /^Run [0-9a-f]{16}: it needs the extension d5, sha256 [0-9a-f]{64}, which this worker was not started with \(--use\)\.$/,
  );
  const other = [await d5(" or not")];
  expect(() => readJob(jobId(run.name), job, { extensions: other })).toThrow(MissingExtensionError);
});

it("refuses a job that brings code, or says something else than it is", () => {
  const { experiment, name } = run;
  const [reference] = experiment.extensions ?? [];
  const code = "globalThis.trapped = true";
  const read = (job: unknown) => () => readJob(jobId(name), job, { extensions });
  expect(read({ experiment, code })).toThrow("The job has code besides an experiment");
  expect(read({ experiment: { ...experiment, code } })).toThrow("is no experiment");
  const inside = [{ ...reference, code }];
  expect(read({ experiment: { ...experiment, extensions: inside } })).toThrow("is no experiment");
  const path = [{ ...reference, name: "../d5" }];
  expect(read({ experiment: { ...experiment, extensions: path } })).toThrow("is no experiment");
  // Without its extension the task is unknown, and with another's digest the name does not fit.
  const { extensions: _, ...without } = experiment;
  expect(read({ experiment: without })).toThrow("which is not what its id says");
  expect("trapped" in globalThis).toBe(false);
});
