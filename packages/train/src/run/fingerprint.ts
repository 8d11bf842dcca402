import { lastingSettings } from "../experiment/complete";
import type { Experiment } from "../experiment/experiment";
import { canonicalJson } from "./canonical-json";
import { sha256 } from "./digest";

/**
 * The digest of what decides an experiment's course, whatever the order of its keys. What computes
 * it, how long it lasts and what is kept of it do not: a run may go on elsewhere, or longer.
 */
export function fingerprint(experiment: Experiment): Promise<string> {
  const { shortcuts, metrics, seed } = experiment;
  const { task, model, optimizer, training } = lastingSettings(experiment);
  const {
    steps: _,
    stopOnGrok: __,
    checkpointEvery: ___,
    keepCheckpoints: ____,
    metricsEvery: thinning,
    ...course
  } = training;
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
