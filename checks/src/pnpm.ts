import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "./packages.ts";

/** Runs pnpm in the repository: under `pnpm test` that one, else the one that the README names. */
export async function pnpm(...args: string[]): Promise<void> {
  const here = process.env["npm_config_user_agent"]?.startsWith("pnpm/") === true;
  const [command, ...first] = here ? ["pnpm"] : ["npx", "-y", "pnpm@12"];
  await promisify(execFile)(command as string, [...first, ...args], {
    cwd: root,
    // On Windows both are scripts.
    shell: process.platform === "win32",
  });
}
