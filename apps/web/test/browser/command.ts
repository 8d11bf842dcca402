import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { command } from "../../../cli/test/command";

/** The command with the kernels that a browser has. */
export async function grok(folder: string, ...args: string[]): Promise<string> {
  const [node = "", ...flags] = command;
  const { stdout, stderr } = await promisify(execFile)(node, [...flags, ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: "", GROK_SIMD: "relaxed" },
  });
  return stdout + stderr;
}
