import type { RunConfig } from "./config";
import { type Environment, isSameEnvironment, mergedVersions } from "./environment";

/** What computes a run from here on, as its config says it. */
export function environmentIn({ backend, arithmetic, versions }: RunConfig): Environment {
  return { backend, ...(arithmetic === undefined ? {} : { arithmetic }), versions };
}

/**
 * A run's config as another environment continues with it: what computed it up to a step moves into
 * its history. The config itself where nothing differs, or nothing was computed.
 */
export function handedOver(config: RunConfig, now: Environment, step: number): RunConfig {
  const before = environmentIn(config);
  // What this environment does not name stays as it is known.
  const after = { ...before, ...now, versions: mergedVersions(before.versions, now.versions) };
  if (isSameEnvironment(before, after)) return config;
  const { history = [], ...rest } = config;
  const backend = after.backend as RunConfig["backend"];
  // The oldest go before the list is longer than a config may have it.
  const past = step === 0 ? history : [...history.slice(-999), { until: step, ...before }];
  return { ...rest, ...after, backend, ...(past.length === 0 ? {} : { history: past }) };
}
