import type { Experiment } from "../experiment/experiment";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { parseConfig, type RunConfig } from "./config";
import { configText } from "./config-text";
import { environmentOf } from "./environment";
import { FileStore } from "./file-store";
import type { RunFiles } from "./files";
import { configName } from "./names";
import { writeDataFiles } from "./stored-data";
import { writeExtensions } from "./stored-extension";

/** An experiment, with the versions of its backend, if more is known of them. */
export type VersionedExperiment = Experiment & Partial<Pick<RunConfig, "versions" | "arithmetic">>;

/**
 * Writes a new run's config.json: the experiment, the backend that tfjs runs now where it asks for
 * `auto`, and the versions of the packages that compute it; then its extensions and data files.
 *
 * @param files empty, and nobody else's
 * @param options `extensions` whose kinds the experiment is made of; default none
 */
export async function createRunFiles(
  files: RunFiles,
  experiment: VersionedExperiment,
  { extensions }: { extensions?: Extensions } = {},
): Promise<FileStore> {
  const { backend, versions } = experiment;
  const environment = await environmentOf({ versions });
  // One that is to run elsewhere learns its backend from its first process.
  const isHere = backend === "auto" || backend === environment.backend;
  const kinds = collect(extensions);
  const config = parseConfig(
    {
      ...experiment,
      ...(isHere ? environment : { versions: environment.versions }),
    },
    kinds,
  );
  await files.write(configName, configText(config));
  await writeExtensions(files, config.extensions ?? [], kinds.extensions);
  await writeDataFiles(files, config);
  return new FileStore(files, config);
}
