import type { Experiment, Extensions } from "@grok/train";
import { planOf } from "../plan/plan";
import type { SweepPlan } from "../plan/sweep-plan";
import type { SweepRun } from "../run/sweep-run";
import type { Settings } from "../spec/spec";
import { SweepError } from "../sweep-error";
import { speedrunSeeds, speedrunThreshold, type Track } from "./track";

/** How a task is to be learned: what a speedrun's author chooses. */
export interface SpeedrunEntry {
  /** The preset that settings come from. */
  readonly preset?: string | undefined;
  /** Flags of `grok train` over it. */
  readonly flags: Settings;
}

/** Settings of {@link speedrunPlan}. */
export interface SpeedrunPlanOptions {
  /** Default: all 20. */
  seeds?: readonly number[] | undefined;
  /** Whose kinds the entry is made of besides those that are built in; default none. */
  extensions?: Extensions;
}

/**
 * An entry's runs on a track, under its rules: the track's task and threshold, an evaluation before the
 * first step, no false labels and no changes in the middle; grokking ends a run.
 *
 * @throws SweepError if the entry breaks a rule, or cannot be
 */
export function speedrunPlan(
  track: Track,
  { preset, flags }: SpeedrunEntry,
  { seeds = speedrunSeeds, extensions }: SpeedrunPlanOptions = {},
): SweepPlan {
  checkFlags(track, flags);
  const plan = planOf(
    {
      title: `Speedrun ${track.id}`,
      ...(preset === undefined ? {} : { preset }),
      flags: {
        "eval-every": 1,
        // What a run holds of its course is its records.
        "checkpoint-every": 0,
        ...flags,
        ...track.flags,
        "stop-on-grok": true,
        "grok-threshold": speedrunThreshold,
        "eval-at-start": true,
        "label-noise": 0,
      },
      seeds: [...seeds],
    },
    { extensions },
  );
  for (const { experiment } of plan.next([])) checkRules(experiment);
  return plan;
}

/** The runs of an entry, by their seeds. */
export function speedrunRuns(plan: SweepPlan): ReadonlyMap<number, SweepRun> {
  return new Map(plan.next([]).map((run) => [run.experiment.seed, run]));
}

/** Flags that a track, its seeds or its rules decide. */
function checkFlags(track: Track, flags: Settings): void {
  const decided = [
    ...Object.keys(track.flags),
    "seed",
    "stop-on-grok",
    "grok-threshold",
    "grok-loss",
    "eval-at-start",
    "label-noise",
  ];
  const wrong = Object.keys(flags).find((name) => decided.includes(name));
  if (wrong === undefined) return;
  throw new SweepError(
    `Track ${track.id} decides --${wrong}; an entry chooses the network, the loss, the optimizer and the batches.`,
  );
}

function checkRules({ changes }: Experiment): void {
  if ((changes ?? []).length > 0) {
    throw new SweepError(
      "A speedrun has no changes in the middle of a run; a schedule of the learning rate is allowed.",
    );
  }
}
