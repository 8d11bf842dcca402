import { resolveExperiment } from "@grok/train";
import { sweepRun } from "../run/run-name";
import type { SweepRun } from "../run/sweep-run";
import { samplePoints } from "../sample/sample-points";
import { SweepError } from "../sweep-error";
import { waits } from "./awaited";
import { checkSweep } from "./check";
import { holds } from "./condition";
import { maxRuns, type Settings, type Sweep, type SweepSpec, seedsOf } from "./spec";
import type { SweepOptions } from "./sweep-options";
import { axisValues, valueAt } from "./values";

/**
 * The runs of a sweep: every combination of its grid, its list, its sample and its seeds, except
 * those excluded; the last varies fastest, in the order of the file. Runs that come to the same
 * experiment are one.
 *
 * @throws SweepError if the sweep is none, has no runs or too many, or where one of its runs
 *   cannot be, in a sentence that names it
 *
 * @example
 * expandSweep({ preset: "mlp", grid: { "weight-decay": [0.1, 1] }, seeds: "0..4" }); // 10 runs
 */
export function expandSweep(spec: SweepSpec, options: SweepOptions = {}): SweepRun[] {
  const sweep = checkSweep(spec, options);
  if (waits(sweep)) {
    throw new SweepError(
      "The sweep has changes at t_mem or t_grok, so that its runs are known only once others have been trained; --adaptive, --only-index and grok sweep export need all of them beforehand.",
    );
  }
  const runs = new Map<string, SweepRun>();
  const all = settingsOf(sweep);
  for (const [i, settings] of all.entries()) {
    const run = runOf(sweep, settings, `run ${i + 1} of ${all.length}`, options);
    if (!runs.has(run.name)) runs.set(run.name, run);
  }
  if (runs.size === 0) throw new SweepError("The sweep has no runs: exclude leaves none.");
  return withForkPoints([...runs.values()]);
}

/**
 * Runs that keep a checkpoint at each step at which one of them changes, so that those that are the
 * same up to there train it once. What is kept of a run is no part of its name.
 *
 * @param further steps with a checkpoint, of changes that later runs make
 */
export function withForkPoints(
  runs: readonly SweepRun[],
  further: readonly number[] = [],
): SweepRun[] {
  const steps = new Set([
    ...further,
    ...runs.flatMap(({ experiment }) => (experiment.changes ?? []).map(({ at }) => at)),
  ]);
  if (steps.size === 0) return [...runs];
  return runs.map((run) => {
    const { experiment } = run;
    const { training } = experiment;
    const all = [...new Set([...training.checkpointAt, ...steps])].sort((a, b) => a - b);
    const checkpointAt = all.filter((step) => step <= training.steps).slice(0, 1000);
    return { ...run, experiment: { ...experiment, training: { ...training, checkpointAt } } };
  });
}

/** The names of the flags that vary, in the order in which they do: the slowest first. */
export function sweepAxes(spec: SweepSpec, options: SweepOptions = {}): string[] {
  const { grid, list = [], sample, seeds } = checkSweep(spec, options);
  const names = [grid, ...list, sample?.over ?? {}].flatMap((part) => Object.keys(part));
  return [...new Set([...names, ...(seeds === undefined ? [] : ["seed"])])];
}

/**
 * A run with settings of its own over those that all runs of a sweep have.
 *
 * @param which names the run in an error
 */
export function runOf(
  { preset, flags, when }: Sweep,
  own: Settings,
  which: string,
  { extensions }: SweepOptions = {},
): SweepRun {
  const merged: Settings = { ...flags, ...own };
  const kept = Object.entries(merged).filter(
    ([flag]) => when[flag] === undefined || holds(when[flag], merged),
  );
  const { preset: chosen = preset ?? null, ...settings } = Object.fromEntries(kept) as Settings;
  try {
    const name = chosen === null ? undefined : String(chosen);
    const experiment = resolveExperiment({ preset: name, flags: settings, extensions });
    return sweepRun(experiment);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const point = Object.entries(own).map(([flag, value]) => `${flag} ${String(value)}`);
    const named = point.length === 0 ? which : `${which} (${point.join(", ")})`;
    throw new SweepError(`In ${named}: ${error.message}`, { cause: error });
  }
}

/** What varies in each run. */
export function settingsOf(sweep: Sweep): Settings[] {
  const { grid, list, sample, seeds } = sweep;
  const parts: Settings[][] = Object.entries(grid).map(([flag, axis]) =>
    axisValues(axis, `grid.${flag}`).map((value) => ({ [flag]: value })),
  );
  if (list !== undefined) parts.push(list);
  if (sample !== undefined) parts.push(sampled(sample));
  if (seeds !== undefined) parts.push(seedsOf(seeds).map((seed) => ({ seed })));
  const count = parts.reduce((product, part) => product * part.length, 1);
  if (count > maxRuns) {
    throw new SweepError(
      `A sweep may have ${maxRuns.toLocaleString("en-US")} runs, not ${count.toLocaleString("en-US")}.`,
    );
  }
  let all: Settings[] = [{}];
  for (const part of parts) {
    all = all.flatMap((before) => part.map((more) => ({ ...before, ...more })));
  }
  const given = { ...(sweep.preset === undefined ? {} : { preset: sweep.preset }), ...sweep.flags };
  return all.filter(
    (settings) => !sweep.exclude.some((condition) => holds(condition, { ...given, ...settings })),
  );
}

function sampled({ method, count, seed, over }: NonNullable<Sweep["sample"]>): Settings[] {
  const axes = Object.entries(over);
  return samplePoints(method, count, axes.length, seed).map((point) =>
    Object.fromEntries(
      axes.map(([flag, axis], j) => [
        flag,
        valueAt(axis, point[j] as number, `sample.over.${flag}`),
      ]),
    ),
  );
}
