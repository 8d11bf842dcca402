import { bundleExtension, useExtensions, writeFileAtomic } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { withFileErrors } from "../run/file-error";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/**
 * Bundles an extension to one file, once it was loaded and found to be one.
 *
 * @throws ExtensionError in a sentence that names the file and the part
 */
export async function extensionBundle(
  from: string,
  given: GivenFlags,
  processEnv: ProcessEnv,
): Promise<Status> {
  if (given.out === "") throw new UsageError("--out needs a value.");
  const { code, sha256 } = await bundleExtension(from);
  const [loaded] = await useExtensions([from]);
  const file = (given.out as string | undefined) ?? `${loaded?.extension.name}.mjs`;
  await withFileErrors(`The bundle cannot be written to ${file}`, () =>
    writeFileAtomic(file, code),
  );
  processEnv.stdout.write(`${file}: ${code.length} bytes, sha256 ${sha256}\n`);
  return status.done;
}
