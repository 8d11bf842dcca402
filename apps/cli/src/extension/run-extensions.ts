import type { LoadedExtension } from "@grok/train";
import { loadRunData, runExtensions } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { withFileErrors } from "../run/file-error";

/**
 * The extensions that a run needs to be computed: those of `--use`, or with `--trust` the copies in
 * its folder, each of which is named on stderr before it runs. Its data files, which are no code, are
 * read from its folder.
 *
 * @throws ExtensionError or RunError in a sentence that says how to give what is missing
 */
export function extensionsOfRun(
  folder: string,
  given: GivenFlags,
  used: readonly LoadedExtension[],
  { stderr }: Pick<ProcessEnv, "stderr">,
): Promise<readonly LoadedExtension[]> {
  return withFileErrors(`${folder} cannot be read`, async () => {
    await loadRunData(folder);
    return runExtensions(folder, {
      used,
      trust: given.trust === true,
      onTrust: ({ name, path, bytes, sha256 }) => {
        stderr.write(`Trusted: extension ${name}, ${path}, ${bytes} bytes, sha256 ${sha256}.\n`);
      },
    });
  });
}
