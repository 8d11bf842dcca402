import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "../packages.ts";

/** The built command in a folder. */
export class Command {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Starts a command of grok, a script of `examples/`, or `redis-server`. */
  start(name: string, ...args: readonly string[]): ChildProcess {
    const script = name.endsWith(".ts")
      ? [join(root, "examples", name)]
      : [join(root, "apps/cli/dist/main.js"), name];
    const isOurs = name !== "redis-server";
    return spawn(isOurs ? process.execPath : name, isOurs ? [...script, ...args] : [...args], {
      cwd: this.folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /**
   * Runs a command to its end.
   *
   * @returns its stdout
   * @throws Error with what it said, if it ends with another status than 0
   */
  async run(name: string, ...args: readonly string[]): Promise<string> {
    const child = this.start(name, ...args);
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (text) => {
      stdout += text;
    });
    child.stderr?.on("data", (text) => {
      stderr += text;
    });
    const [code] = await once(child, "close");
    if (code === 0) return stdout;
    throw new Error(`grok ${name} ${args.join(" ")} ends with status ${code}: ${stderr}`);
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
