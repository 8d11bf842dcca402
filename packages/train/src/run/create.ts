import * as tf from "@tensorflow/tfjs-core";
import type { Experiment } from "../experiment/experiment";
import { parseConfig, type RunConfig } from "./config";
import { FileStore } from "./file-store";
import type { RunFiles } from "./files";
import { configName } from "./names";

/** An experiment, with versions of what computes it, by package, if there is more to say of it. */
export type VersionedExperiment = Experiment & Partial<Pick<RunConfig, "versions">>;

/**
 * Writes a new run's config.json: the experiment, the backend that tfjs runs now where it asks for
 * `auto`, and the versions of what computes.
 *
 * @param files empty, and nobody else's
 */
export async function createRunFiles(
  files: RunFiles,
  experiment: VersionedExperiment,
): Promise<FileStore> {
  const { backend, versions } = experiment;
  const config = parseConfig({
    ...experiment,
    backend: backend === "auto" ? tf.getBackend() : backend,
    versions: { "@tensorflow/tfjs-core": tf.version_core, ...versions },
  });
  await files.write(configName, `${JSON.stringify(config, null, 2)}\n`);
  return new FileStore(files, config.training.keepCheckpoints);
}
