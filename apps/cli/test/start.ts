import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { command } from "./command";
import { tiny } from "./tiny";

let child: ChildProcess | undefined;
/** Ends what was started last, if it still runs. */
export function killLast(): void {
  child?.kill("SIGKILL");
}

/** A run that never ends by itself. */
export const endless = [...tiny, "--steps", "1000000", "--out-dir", "run", "--no-plots"];

/**
 * Starts the command as a process of its own.
 *
 * @param stdout where it prints: a pipe that is read here, or a file's descriptor
 */
export function start(
  args: readonly string[],
  stdout: "pipe" | number = "pipe",
  nodeFlags: readonly string[] = [],
) {
  const [node = "", ...flags] = command;
  const started = spawn(node, [...nodeFlags, ...flags, ...args], {
    env: { ...process.env, NODE_OPTIONS: "" },
    stdio: ["ignore", stdout, "pipe"],
  });
  child = started;
  let text = "";
  const waiting: { pattern: RegExp; found: () => void }[] = [];
  const read = (chunk: Buffer) => {
    text += chunk.toString();
    for (const { pattern, found } of waiting) if (pattern.test(text)) found();
  };
  started.stdout?.on("data", read);
  started.stderr?.on("data", read);
  return {
    process: started,
    saw: (pattern: RegExp) =>
      new Promise<void>((found) => {
        waiting.push({ pattern, found });
        if (pattern.test(text)) found();
      }),
    end: once(started, "close").then(([status, signal]) => ({ status, signal, text })),
  };
}
