import { fileURLToPath } from "node:url";
import { grok, sayError } from "./grok";
import { processWorld } from "./process-world";
import { status } from "./status";

/** Milliseconds for what a process that was told to stop still has to say. */
const lastWords = 250;

const args = process.argv.slice(2);
const world = processWorld(fileURLToPath(import.meta.url));

// What nobody waits for, such as a worker that dies, ends the command like any other error.
process.on("uncaughtException", (error) => {
  world.exit(sayError(error, args, world));
});

process.exitCode = await grok(args, world);
// What nobody takes is not waited for by a process that was told to stop.
if (process.exitCode === status.interrupted) setTimeout(() => process.exit(), lastWords).unref();
