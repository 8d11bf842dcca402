import { modelDefaults } from "./build";
import type { Experiment } from "./experiment";

/**
 * An experiment with what its network has where it does not say: those that were written before a
 * setting existed are so the same data as those that say what they did.
 */
export function completed<E extends Experiment>(experiment: E): E {
  const { model } = experiment;
  return { ...experiment, model: { ...modelDefaults(model.architecture), ...model } };
}

/**
 * The network as far as it differs from its architecture's own: what it was called before there were
 * settings to differ in.
 */
export function ownModel({ model }: Pick<Experiment, "model">): Record<string, unknown> {
  const usual: Record<string, unknown> = { ...modelDefaults(model.architecture), ...scales };
  const isNew = (key: string) => newer.includes(key);
  return Object.fromEntries(
    Object.entries(model).filter(([key, value]) => !isNew(key) || value !== usual[key]),
  );
}

const scales = { initialScale: 1, outputScale: 1 };
const newer = ["positions", "ffnBias", "tiedHead", ...Object.keys(scales)];
