import { once } from "node:events";
import type { ProcessEnv } from "./process-env";
import { hasTerminal } from "./signals";

/**
 * The environment of this process.
 *
 * @param main the file that the process was started with
 */
export function ownProcessEnv(main: string): ProcessEnv {
  const brokenPipe = new Set<() => void>();
  let isBroken = false;
  let refused: NodeJS.ErrnoException | null = null;
  const streams = [process.stdout, process.stderr];
  for (const stream of streams) {
    // Whoever read this may go, as `head` does, the terminal may close, or the disk be full that it
    // goes to: what was going on ends in good order, and only the last is worth a word.
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (!isBroken && !isReaderGone(error, stream)) refused = error;
      isBroken = true;
      for (const listener of brokenPipe) listener();
    });
    unblock(stream);
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    self: [process.execPath, ...process.execArgv, main],
    async refusedOutput() {
      // A file takes what is written at once, and says in the next turn that it did not.
      await new Promise((resolve) => setImmediate(resolve));
      return refused;
    },
    on(notice, listener) {
      if (notice === "SIGHUP" && !hasTerminal) return () => {};
      process.on(notice, listener);
      return () => void process.off(notice, listener);
    },
    async taken(signal) {
      const full = streams.find((stream) => stream.writableNeedDrain);
      if (full === undefined || isBroken || signal.aborted) return;
      const broken = new AbortController();
      const stop = () => broken.abort();
      brokenPipe.add(stop);
      await once(full, "drain", { signal: AbortSignal.any([signal, broken.signal]) }).catch(
        () => {},
      );
      brokenPipe.delete(stop);
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

/** Whether what a stream was written to has been left by who read it. */
function isReaderGone({ code }: NodeJS.ErrnoException, { isTTY }: NodeJS.WriteStream): boolean {
  return code === "EPIPE" || code === "ECONNRESET" || (isTTY && code === "EIO");
}

/**
 * Lets a terminal that takes nothing, as after Ctrl-S, keep no write waiting, so that a process can
 * still be told to stop. Node sets terminals to the contrary, and has no public call for it.
 */
function unblock(stream: NodeJS.WriteStream): void {
  const { _handle } = stream as { _handle?: { setBlocking?: (on: boolean) => void } };
  if (stream.isTTY) _handle?.setBlocking?.(false);
}
