import type { Output, World } from "./world";

/**
 * The world of this process.
 *
 * @param main the file that the process was started with
 */
export function processWorld(main: string): World {
  const brokenPipe = new Set<() => void>();
  let isBroken = false;
  const guarded = (stream: NodeJS.WriteStream): Output => {
    // Whoever read this may go, as `head` does, or the terminal may close: that is no error of ours.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
      isBroken = true;
      for (const listener of brokenPipe) listener();
    });
    return stream;
  };
  return {
    stdout: guarded(process.stdout),
    stderr: guarded(process.stderr),
    env: process.env,
    self: [process.execPath, ...process.execArgv, main],
    on(notice, listener) {
      process.on(notice, listener);
      return () => void process.off(notice, listener);
    },
    onBrokenPipe(listener) {
      brokenPipe.add(listener);
      if (isBroken) listener();
      return () => void brokenPipe.delete(listener);
    },
    onExit(listener) {
      process.on("exit", listener);
      return () => void process.off("exit", listener);
    },
    pause() {
      process.kill(process.pid, "SIGSTOP");
    },
    exit(status) {
      process.exit(status);
    },
  };
}
