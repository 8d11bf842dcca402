import { basename, resolve } from "node:path";
import { exportRun } from "@grok/train/node";
import { withFileErrors } from "../run/file-error";
import { type Status, status } from "../status";
import type { World } from "../world";

/**
 * Packs a run's folder into a ZIP archive, whole or not at all.
 *
 * @param file default: the folder's name with `.zip`, where the command was called
 * @throws RunError where the folder is no whole run, or the file exists; UsageError where a file
 * cannot be read or written
 */
export async function exportArchive(
  folder: string,
  file: string | undefined,
  world: World,
): Promise<Status> {
  const archive = file ?? `${basename(resolve(folder))}.zip`;
  const notices = await withFileErrors(`${folder} cannot be exported to ${archive}`, () =>
    exportRun(folder, archive),
  );
  for (const notice of notices) world.stderr.write(`${notice}\n`);
  world.stdout.write(`${archive}\n`);
  return status.done;
}
