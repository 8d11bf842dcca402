import { readRun } from "@grok/train/node";
import type { SweepPlan } from "../plan/sweep-plan";
import { speedrunRuns } from "../speedrun/entry";
import { type SpeedrunRun, speedrunRun } from "../speedrun/record";
import type { Track } from "../speedrun/track";
import type { SweepState } from "../state/sweep-state";
import { SweepError } from "../sweep-error";
import { type RunSweepOptions, runSweep } from "./run-sweep";
import { runFolder } from "./sweep-folder";

/** What {@link runSpeedrun} found. */
export interface SpeedrunOutcome {
  /** How each seed that has ended went, in the order of the seeds. */
  runs: SpeedrunRun[];
  state: SweepState;
  /** What computed them; null if none has ended. */
  environment: {
    backend: string;
    arithmetic: string | null;
    versions: Record<string, string>;
  } | null;
}

/**
 * Does the runs of a speedrun that are not done yet, and reads how they went. The folder is a sweep's,
 * so runs that were interrupted continue, and those that are done are not done again.
 *
 * @param plan see `speedrunPlan` of @grok/sweep/speedrun
 * @throws what `runSweep` throws; SweepError if a run knew the answers before its first step, or if runs
 *   were computed by different arithmetic
 */
export async function runSpeedrun(
  track: Track,
  plan: SweepPlan,
  options: RunSweepOptions,
): Promise<SpeedrunOutcome> {
  const asked = speedrunRuns(plan);
  const state = await runSweep(plan, options);
  const runs: SpeedrunRun[] = [];
  let environment: SpeedrunOutcome["environment"] = null;
  for (const [seed, { name }] of asked) {
    const stands = state.runs.find((run) => run.name === name);
    // A run whose loss left the finite numbers has ended, and did not get there.
    if (stands === undefined || !["grokked", "finished", "failed"].includes(stands.state)) continue;
    const { config, records } = await readRun(runFolder(options.folder, name), options);
    if (records.length === 0) continue;
    runs.push(speedrunRun(seed, name, records, track.chance));
    const { backend, arithmetic = null, versions } = config;
    if (environment !== null && environment.arithmetic !== arithmetic) {
      throw new SweepError(
        `The runs in ${options.folder} were computed by ${environment.arithmetic ?? "one arithmetic"} and by ${arithmetic ?? "another"}; a record has one.`,
      );
    }
    environment = { backend, arithmetic, versions };
  }
  return { runs, state, environment };
}
