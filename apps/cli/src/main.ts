import { fileURLToPath } from "node:url";
import { grok, sayError } from "./grok";
import { processWorld } from "./process-world";

const args = process.argv.slice(2);
const world = processWorld(fileURLToPath(import.meta.url));

// What nobody waits for, such as a worker that dies, ends the command like any other error.
process.on("uncaughtException", (error) => {
  world.exit(sayError(error, args, world));
});

process.exitCode = await grok(args, world);
