import {
  assemble,
  collect,
  type Experiment,
  type Extensions,
  resolveExperiment,
  type Summary,
} from "@grok/train";
import { findFlag } from "@grok/train/front-end";
import type { GivenFlags } from "../arguments/given-flags";
import { UsageError } from "../usage-error";

/**
 * The experiment of a run that is resumed, with what may be changed about it changed: how long it
 * continues, what is kept of it, its backend and its threads.
 *
 * @throws ExperimentError for a value that no run may have, UsageError for one that this run may not
 */
export function withChanges(
  experiment: Experiment,
  given: GivenFlags,
  extensions?: Extensions,
): Experiment {
  // Read as any run's flags are, by a preset that knows them all, for the same sentences.
  const asked = resolveExperiment({ flags: given });
  const read = asked.training;
  let { backend, threads } = experiment;
  const training = { ...experiment.training };
  for (const [typed, value] of Object.entries(given)) {
    switch (findFlag(typed)?.name) {
      case "steps":
        training.steps = read.steps;
        break;
      case "epochs": {
        const { stepsPerEpoch } = assemble(experiment, collect(extensions)).data();
        if (stepsPerEpoch === null) {
          throw new UsageError(
            `--${typed} has no meaning for task ${experiment.task.kind}, whose examples never end; give --steps.`,
          );
        }
        training.steps = Math.ceil(Number(value) * stepsPerEpoch);
        break;
      }
      case "stop-on-grok":
        training.stopOnGrok = read.stopOnGrok;
        break;
      case "checkpoint-every":
        training.checkpointEvery = read.checkpointEvery;
        break;
      case "checkpoint-at":
        training.checkpointAt = read.checkpointAt;
        break;
      case "keep-checkpoints":
        training.keepCheckpoints = read.keepCheckpoints;
        break;
      case "backend":
        backend = asked.backend;
        break;
      case "threads":
        threads = asked.threads;
    }
  }
  return { ...experiment, backend, threads, training };
}

/** Whether a run with these settings has nothing left to do after what it has done. */
export function isDone(
  { training }: Pick<Experiment, "training">,
  { steps, t_grok }: Pick<Summary, "steps" | "t_grok">,
): boolean {
  return steps >= training.steps || (training.stopOnGrok && t_grok !== null);
}
