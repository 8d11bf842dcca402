import { lastingSettings } from "../experiment/complete";
import type { Experiment } from "../experiment/experiment";
import { canonicalJson } from "./canonical-json";
import { sha256 } from "./digest";

/**
 * The digest of what decides an experiment's course, whatever the order of its keys. What computes
 * it, how long it lasts and what is kept of it do not: a run may go on elsewhere, or longer.
 */
export function fingerprint(experiment: Experiment): Promise<string> {
  const { task, shortcuts, metrics, seed } = experiment;
  const { model, optimizer, training } = lastingSettings(experiment);
  const { batch, loss, lossPrecision, trainMetric, evalEvery, evalAtStart, grokThreshold } =
    training;
  // Runs from before there were metrics have none, and the first ones had them at every evaluation.
  const measured = metrics.length > 0 ? metrics : undefined;
  const isThinned = measured !== undefined && training.metricsEvery > 1;
  const metricsEvery = isThinned ? training.metricsEvery : undefined;
  const evaluation = { trainMetric, evalEvery, evalAtStart, grokThreshold, metricsEvery };
  const course = { batch, loss, lossPrecision, ...evaluation };
  const data = { task, model, optimizer, training: course, shortcuts, metrics: measured, seed };
  return sha256(new TextEncoder().encode(canonicalJson(data)));
}
