import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { extensionsUsedBy } from "@grok/sweep";
import type { LoadedExtension } from "@grok/train";
import { useExtensions } from "@grok/train/node";
import type { ProcessEnv } from "../process-env";
import { withFileErrors } from "../run/file-error";
import { readSweepFile } from "../sweep/sweep-file";
import { UsageError } from "../usage-error";

/**
 * The extensions of a sweep: those of `--use`, and those that its file names under `use`, relative to
 * itself. A sweep's file is data, which may be a stranger's: what it names runs only if the person has
 * given the same file with `--use`, or says `--trust`; each is then named on stderr before it runs.
 *
 * @throws UsageError for one that nobody has agreed to run, and for `--trust` where the file names
 *   none; ExtensionError for what is wrong with one
 */
export async function extensionsOfSweep(
  file: string,
  { used, trust }: { used: readonly LoadedExtension[]; trust: boolean },
  { stderr }: Pick<ProcessEnv, "stderr">,
): Promise<readonly LoadedExtension[]> {
  const text = await withFileErrors(`${file} cannot be read`, () => readSweepFile(file));
  const files = extensionsUsedBy(text);
  if (files.length === 0) return used;
  const folder = dirname(await realpath(file));
  return useExtensions(files, {
    folder,
    known: used,
    beforeRun({ file: name, code, sha256 }) {
      if (!trust) {
        throw new UsageError(
          `${file} uses the extension ${name}, whose code never runs by itself: give the same file with --use FILE (sha256 ${sha256.slice(0, 16)}…), or trust what the sweep names with --trust.`,
        );
      }
      stderr.write(`Trusted: ${name} of ${file}, ${code.length} bytes, sha256 ${sha256}.\n`);
    },
  });
}
