import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The command, from its sources, with the kernels that a browser has. */
export async function grok(folder: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [
      "--conditions=@grok/source",
      "--experimental-transform-types",
      "--no-warnings",
      `--import=${join(root, "scripts/from-source.mjs")}`,
      join(root, "apps/cli/src/main.ts"),
      ...args,
    ],
    { cwd: folder, env: { ...process.env, NODE_OPTIONS: "", GROK_SIMD: "relaxed" } },
  );
  return stdout + stderr;
}
