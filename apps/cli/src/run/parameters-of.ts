import { parameterCount } from "@grok/models";
import {
  assemble,
  collect,
  dataReferences,
  type Extensions,
  experimentOf,
  hasDataFile,
} from "@grok/train";
import { type RunOnDisk, readCheckpoint } from "@grok/train/node";

/**
 * How many numbers a run's network learns; counted in its newest checkpoint if the extension that
 * defines the network, or the data file of its task, is not here. 0 if there is none either.
 */
export async function parametersOf(
  { config, summary, checkpoints }: RunOnDisk,
  extensions?: Extensions,
): Promise<number> {
  const kinds = collect(extensions);
  const known = new Set(kinds.extensions.map(({ extension }) => extension.name));
  const hasParts = (config.extensions ?? []).every(({ name }) => known.has(name));
  if (hasParts && dataReferences(config.task).every(hasDataFile)) {
    return parameterCount(assemble(experimentOf(config), kinds).network);
  }
  if (summary !== null) return summary.parameters;
  const path = checkpoints.at(-1)?.path;
  if (path === undefined) return 0;
  const { parameters } = await readCheckpoint(path);
  return [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
}
