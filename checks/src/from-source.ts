import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { root } from "./packages.ts";

/** Runs a TypeScript file on the packages' sources in a process of its own; gives its stdout. */
export async function runFromSource(
  file: string,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const source = ["--conditions=@grok/source", "--experimental-transform-types", "--no-warnings"];
  const loader = ["--import", pathToFileURL(join(root, "scripts/from-source.mjs")).href];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...source, ...loader, file, ...args],
    { cwd, timeout: 220_000 },
  );
  return stdout;
}
