import type { SweepRun } from "../run/sweep-run";
import { checkSweep } from "../spec/check";
import { expandSweep, sweepAxes } from "../spec/expand-sweep";
import type { SweepSpec } from "../spec/spec";
import type { SweepOptions } from "../spec/sweep-options";
import { settingOf } from "../state/setting";
import type { RunState } from "../state/sweep-state";
import { SweepError } from "../sweep-error";
import { maxPoints, maxUncertain, type Seen, spaceOf } from "./boundary";
import type { SweepPlan } from "./sweep-plan";

/** Settings of {@link adaptivePlan}. */
export interface AdaptiveOptions extends SweepOptions {
  /** Runs to make, at most. */
  budget: number;
  /** Runs of a round, which are chosen together and so can continue at once; default 4. */
  roundSize?: number;
}

/** Seeds that a point may have where the sweep names none. */
const defaultSeeds = "0..9";

/**
 * Runs that look for the phase boundary of a sweep, where as many runs grok as never do: of its
 * points and seeds those are made, round after round, that say most of where it is. Ends with the
 * budget, or once every point is on one side of it with 95% confidence.
 *
 * A run that failed counts as one that did not grok. What is chosen depends on nothing but how the
 * runs before ended, so that a sweep that is begun again makes the same choices.
 *
 * @param spec the points that there are: its grid may be dense, as few of them are run. Seeds are
 *   used in their order; without them, 0 to 9
 * @throws SweepError as `expandSweep`, for more than 2,000 points, or a sweep whose points do not vary
 */
export function adaptivePlan(
  spec: SweepSpec,
  { budget, roundSize = 4, extensions }: AdaptiveOptions,
): SweepPlan {
  const {
    seeds: given,
    flags: { seed: _, ...flags },
    ...rest
  } = checkSweep(spec, { extensions });
  const sweep = { ...rest, flags, seeds: given ?? defaultSeeds };
  const axes = sweepAxes(sweep, { extensions });
  const varying = axes.filter((axis) => axis !== "seed");
  if (varying.length === 0) {
    throw new SweepError(
      "--adaptive needs points to choose from: something besides the seed that varies.",
    );
  }
  const points = pointsOf(expandSweep(sweep, { extensions }), varying, extensions);
  if (points.length > maxPoints) {
    throw new SweepError(
      `--adaptive has at most ${maxPoints} points to choose from, not ${points.length}.`,
    );
  }
  const space = spaceOf(
    points.map(({ settings }) => settings),
    varying,
  );
  const place = new Map(
    points.flatMap(({ runs }, i) => runs.map(({ name }) => [name, i] as const)),
  );
  return {
    title: sweep.title ?? null,
    spec: { ...spec, adaptive: { budget, roundSize } },
    axes,
    maxRuns: Math.min(budget, place.size),
    next(before) {
      const made = new Set(before.map(({ name }) => name));
      const seen = before.flatMap((run) => observation(run, place));
      const left = points.map(({ runs }) => runs.filter(({ name }) => !made.has(name)));
      const count = Math.min(roundSize, budget - before.length);
      return maxUncertain(
        space,
        seen,
        left.map(({ length }) => length),
        count,
      ).map((i) => left[i]?.shift() as SweepRun);
    },
  };
}

function observation({ name, t_grok }: RunState, place: ReadonlyMap<string, number>): Seen[] {
  const point = place.get(name);
  return point === undefined ? [] : [{ point, grokked: t_grok !== null }];
}

interface Point {
  settings: Record<string, ReturnType<typeof settingOf>>;
  runs: SweepRun[];
}

/** Runs by what they are set to, their seeds in order. */
function pointsOf(
  runs: readonly SweepRun[],
  axes: readonly string[],
  extensions: SweepOptions["extensions"],
): Point[] {
  const points = new Map<string, Point>();
  for (const run of runs) {
    const settings = Object.fromEntries(
      axes.map((axis) => [axis, settingOf(run.experiment, axis, { extensions })]),
    );
    const key = JSON.stringify(settings);
    const point = points.get(key) ?? { settings, runs: [] };
    point.runs.push(run);
    points.set(key, point);
  }
  return [...points.values()];
}
