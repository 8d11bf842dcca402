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
 * Network, optimizer and training without the settings that came later, where those are not used: what
 * an experiment was called before there were such settings, it is called by still.
 */
export function lastingSettings({
  model,
  optimizer,
  training,
}: Pick<Experiment, "model" | "optimizer" | "training">): {
  model: Record<string, unknown>;
  optimizer: Record<string, unknown>;
  training: Omit<Experiment["training"], "lossPrecision"> & { lossPrecision?: "float64" };
} {
  const usual: Record<string, unknown> = { ...modelDefaults(model.architecture), ...scales };
  const isNew = (key: string) => newer.includes(key);
  const { weightNorm, ...rest } = optimizer;
  const { lossPrecision, ...course } = training;
  return {
    model: Object.fromEntries(
      Object.entries(model).filter(([key, value]) => !isNew(key) || value !== usual[key]),
    ),
    optimizer: weightNorm === null ? rest : optimizer,
    training: lossPrecision === "float64" ? { ...course, lossPrecision } : course,
  };
}

const scales = { initialScale: 1, outputScale: 1 };
const newer = ["positions", "ffnBias", "tiedHead", ...Object.keys(scales)];
