import { basename, resolve } from "node:path";
import { exportRecords, type RecordFormat, recordFormats } from "@grok/sweep/node";
import { suggestion } from "@grok/train/front-end";
import { exportRun } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { countOf } from "../quantity";
import { withFileErrors } from "../run/file-error";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/**
 * Packs a run's folder into a ZIP archive, or writes the records of a run or a sweep for other
 * programs, whole or not at all.
 *
 * @param file default: the folder's name with the format's ending, where the command was called
 * @throws RunError if the folder is no whole run, or the file exists; UsageError if a file
 * cannot be read or written, or the format is none
 */
export async function exportFile(
  folder: string,
  file: string | undefined,
  given: GivenFlags,
  processEnv: ProcessEnv,
): Promise<Status> {
  const format = formatOf(given);
  const ending = format === "zip" ? ".zip" : recordFormats[format];
  const out = file ?? `${basename(resolve(folder))}${ending}`;
  const { notices, runs } = await withFileErrors(
    `${folder} cannot be exported to ${out}`,
    async () =>
      format === "zip"
        ? { notices: await exportRun(folder, out), runs: 1 }
        : exportRecords(folder, out, format),
  );
  for (const notice of notices) processEnv.stderr.write(`${notice}\n`);
  processEnv.stdout.write(runs > 1 ? `${out}: ${countOf(runs, "run")}\n` : `${out}\n`);
  return status.done;
}

function formatOf({ format = "zip" }: GivenFlags): "zip" | RecordFormat {
  if (format === "zip" || Object.hasOwn(recordFormats, String(format))) {
    return format as "zip" | RecordFormat;
  }
  const names = ["zip", ...Object.keys(recordFormats)];
  const hint = suggestion(String(format), names) || `; there are ${names.join(", ")}.`;
  throw new UsageError(`--format must be a format of grok export, not "${String(format)}"${hint}`);
}
