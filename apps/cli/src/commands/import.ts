import { experimentOf } from "@grok/train";
import { readArchive, writeRunFolder } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { withFileErrors } from "../run/file-error";
import { freeRunFolder } from "../run/run-folder";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/**
 * Unpacks the archive of a run into a folder of its own, whole or not at all.
 *
 * @throws RunError if it is no run's, or the folder exists; UsageError if a file cannot be read
 * or written
 */
export async function importArchive(
  file: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
): Promise<Status> {
  if (given["out-dir"] === "") throw new UsageError("--out-dir needs a value.");
  const { config, files, notices } = await withFileErrors(`${file} cannot be read`, () =>
    readArchive(file),
  );
  const folder = (given["out-dir"] as string | undefined) ?? freeRunFolder(experimentOf(config));
  await withFileErrors(`The run cannot be written to ${folder}`, () =>
    writeRunFolder(files, folder),
  );
  for (const notice of notices) processEnv.stderr.write(`${notice}\n`);
  processEnv.stdout.write(`${folder}\n`);
  return status.done;
}
