import { parameterCount } from "@grok/models";
import { experimentOf, modelOf } from "@grok/train";
import { readRun } from "@grok/train/node";
import type { GivenFlags } from "../arguments/invocation";
import { writeFigures } from "../figure/run-figures";
import { withFileErrors } from "../run/file-error";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";
import type { World } from "../world";

/**
 * Draws the figures of a run again, finished or not.
 *
 * @throws RunError where the folder is no run, UsageError where it has nothing to draw yet
 */
export async function plot(folder: string, given: GivenFlags, world: World): Promise<Status> {
  const { config, records, notices } = await withFileErrors(`${folder} cannot be read`, () =>
    readRun(folder),
  );
  if (records.length === 0) {
    throw new UsageError(
      `${folder} has no figures to draw: its metrics.jsonl has no evaluation yet.`,
    );
  }
  for (const notice of notices) world.stderr.write(`${notice}\n`);
  const parameters = parameterCount(modelOf(experimentOf(config)));
  const scale = given["linear-x"] === true ? "linear" : "log";
  const plots = await withFileErrors(`The figures of ${folder} cannot be written`, () =>
    writeFigures(folder, { config, parameters, records }, { scale }),
  );
  world.stdout.write(`${plots}: accuracy and loss, .png and .svg\n`);
  return status.done;
}
