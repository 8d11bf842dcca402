import { resolve } from "node:path";
import { collect, type LoadedExtension, resolveExperiment } from "@grok/train";
import { readDataFlags } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import { UsageError } from "../usage-error";

/** What is verified where no preset is named: a small transformer with dropout. */
const smallExperiment = { p: "11", "d-model": "16", dropout: "0.1", "batch-size": "32" };

/**
 * A run that is long enough for evaluations between checkpoints, checkpoints between evaluations,
 * and both at once, and short enough to be run some hundred times.
 */
const shortRun = {
  steps: "12",
  "eval-every": "3",
  "checkpoint-every": "4",
  "stop-on-grok": false,
  plots: false,
};

/**
 * The flags of `grok train` for the runs of a verification.
 *
 * @throws UsageError or ExperimentError if they ask for no run
 */
export async function trainFlags(
  given: GivenFlags,
  extensions: readonly LoadedExtension[] = [],
): Promise<string[]> {
  const kinds = collect(extensions);
  const known = new Set(Object.keys(given).map((name) => kinds.findFlag(name)?.name ?? name));
  for (const name of ["out-dir", "save-plot"]) {
    if (known.has(name)) {
      throw new UsageError(`--${name} has no meaning here: the runs are kept nowhere.`);
    }
  }
  if (known.has("epochs")) known.add("steps");
  const small = known.has("preset") ? {} : smallExperiment;
  const defaults = Object.entries({ ...small, ...shortRun }).filter(([name]) => !known.has(name));
  const flags = { ...Object.fromEntries(defaults), ...given };
  const { preset, plots: _, use: __, ...rest } = flags as Record<string, string | boolean>;
  const read = await readDataFlags(rest, kinds);
  resolveExperiment({ preset: preset as string | undefined, flags: read, extensions });
  return Object.entries(flags).flatMap(([name, value]) => {
    if (name === "use")
      return String(value)
        .split("\n")
        .flatMap((file) => [`--use`, resolve(file)]);
    // The runs are made in folders of their own.
    if (typeof value === "string") {
      return [`--${name}`, kinds.findFlag(name)?.isFile ? resolve(value) : value];
    }
    return [value ? `--${name}` : `--no-${name}`];
  });
}
