import { basename, extname } from "node:path";
import { createFile, FileExistsError } from "@grok/train/node";
import { commandName } from "../command-name";
import { nameFrom, newExtensionText } from "../extension/template";
import type { ProcessEnv } from "../process-env";
import { withFileErrors } from "../run/file-error";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

const endings = [".ts", ".mts", ".js", ".mjs"];

/**
 * Writes an extension that runs to a new file.
 *
 * @throws UsageError if the file exists, or its ending is no module's
 */
export async function newExtension(file: string, { stdout, env }: ProcessEnv): Promise<Status> {
  const ending = extname(file);
  if (!endings.includes(ending)) {
    throw new UsageError(`${file} must end in ${endings.join(", ")}.`);
  }
  const own = basename(file, ending);
  const text = newExtensionText(own);
  await withFileErrors(`${file} cannot be written`, () =>
    createFile(file, () => [new TextEncoder().encode(text)]).catch((error: unknown) => {
      throw error instanceof FileExistsError
        ? new UsageError(error.message, { cause: error })
        : error;
    }),
  );
  stdout.write(
    `${file}\n${commandName(env)} train --use ${file} --preset ${nameFrom(own)} trains it.\n`,
  );
  return status.done;
}
