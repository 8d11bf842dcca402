import type { Experiment } from "../experiment/experiment";
import { fingerprintSettings } from "../experiment/with-defaults";
import { canonicalJson } from "./canonical-json";
import { sha256 } from "./digest";

/** What is called a run's fingerprint after any number of steps. */
const atTheEnd = Number.POSITIVE_INFINITY;

/**
 * The digest of what decides an experiment's course, whatever the order of its keys. What computes
 * it, how long it lasts and what is kept of it do not: a run may continue elsewhere, or longer.
 *
 * @param step what the digest is of: changes count from the update after theirs on, so that runs
 *   that differ in those alone are one run before; default all of them
 */
export function fingerprint(experiment: Experiment, step = atTheEnd): Promise<string> {
  const { shortcuts, metrics, seed } = experiment;
  const { task, model, optimizer, training } = fingerprintSettings(experiment);
  const {
    steps: _,
    stopOnGrok: __,
    checkpointEvery: ___,
    keepCheckpoints: ____,
    checkpointAt: _____,
    metricsEvery: thinning,
    ...course
  } = training;
  const changes = (experiment.changes ?? []).filter(({ at }) => at < step);
  // Runs from before there were metrics have none, and the first ones had them at every evaluation.
  const measured = metrics.length > 0 ? metrics : undefined;
  const isThinned = measured !== undefined && Number(thinning) > 1;
  const metricsEvery = isThinned ? thinning : undefined;
  const data = {
    task,
    model,
    optimizer,
    training: { ...course, metricsEvery },
    shortcuts,
    metrics: measured,
    changes: changes.length === 0 ? undefined : changes,
    seed,
    extensions: identityOf(experiment.extensions),
  };
  return sha256(new TextEncoder().encode(canonicalJson(data)));
}

/** What of the extensions counts in what a run is called: what they are, not where they lay. */
export function identityOf(
  extensions: Experiment["extensions"],
): { name: string; sha256: string | null }[] | undefined {
  return extensions?.map(({ name, sha256: digest }) => ({ name, sha256: digest }));
}
