import { collect, type Experiment } from "@grok/train";
import { changesText } from "@grok/train/front-end";
import type { SweepOptions } from "../spec/sweep-options";

/**
 * What a flag of `grok train` comes to in an experiment: the value at the place that it sets. The
 * epochs are given as they were asked for in steps; null if the flag has no meaning there.
 */
export function settingOf(
  experiment: Experiment,
  flag: string,
  { extensions }: SweepOptions = {},
): Setting {
  if (flag === "preset") return experiment.preset;
  const path = flag === "epochs" ? "training.steps" : collect(extensions).findFlag(flag)?.path;
  if (path === null || path === undefined) return null;
  if (path === "changes") return changesText(experiment.changes ?? [], { extensions }) || null;
  const value = path
    .split(".")
    .reduce<unknown>(
      (at, key) => (at as Record<string, unknown> | null | undefined)?.[key],
      experiment,
    );
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}

/** What a run is set to on one axis. */
export type Setting = number | string | boolean | null;
