import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "./packages.ts";

/** The command that is pnpm: under `pnpm test` that one, else the one that the README names. */
export function pnpmCommand(): readonly [command: string, ...args: string[]] {
  const here = process.env["npm_config_user_agent"]?.startsWith("pnpm/") === true;
  return here ? ["pnpm"] : ["npx", "-y", "pnpm@12"];
}

/** Runs pnpm in the repository. */
export async function pnpm(...args: string[]): Promise<void> {
  const [command, ...first] = pnpmCommand();
  await promisify(execFile)(command, [...first, ...args], {
    cwd: root,
    // On Windows both are scripts.
    shell: process.platform === "win32",
  });
}
