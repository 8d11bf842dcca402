import { isatty } from "node:tty";

/** Whether one of the standard streams is a terminal, whose end means this process. */
export const hasTerminal = [0, 1, 2].some((stream) => isatty(stream));

/**
 * Gives signals their meaning from the first moment of the process, before anything else is loaded:
 *
 * - SIGHUP means nothing without a terminal, as under nohup: Node undoes that a process was started
 *   to ignore it.
 * - SIGUSR1 and SIGUSR2 are how clusters announce that the time is up (Slurm's `--signal`), and mean
 *   what SIGTERM means. Left alone, SIGUSR1 would open the port of Node's debugger, and SIGUSR2 end
 *   the process without a checkpoint.
 */
export function listenForSignals(): void {
  if (!hasTerminal) process.on("SIGHUP", () => {});
  for (const signal of ["SIGUSR1", "SIGUSR2"] as const) {
    process.on(signal, () => process.kill(process.pid, "SIGTERM"));
  }
}
