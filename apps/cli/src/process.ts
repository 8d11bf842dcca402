import { grok, sayError } from "./grok";
import { ownProcessEnv } from "./own-process-env";
import { status } from "./status";

/** Milliseconds for what a process that was told to stop still has to say. */
const lastWords = 250;

/**
 * Does what this process was started for, and sets its exit status.
 *
 * @param args what follows the command's name
 * @param main the file that the process was started with
 */
export async function runProcess(args: readonly string[], main: string): Promise<void> {
  const processEnv = ownProcessEnv(main);
  // What nobody waits for, such as a worker that dies, ends the command like any other error.
  process.on("uncaughtException", (error) => {
    processEnv.exit(sayError(error, args, processEnv));
  });
  process.exitCode = await grok(args, processEnv);
  // What nobody takes is not waited for by a process that was told to stop.
  if (process.exitCode === status.interrupted) setTimeout(() => process.exit(), lastWords).unref();
}
