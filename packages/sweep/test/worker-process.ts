// A worker in a process of its own, for tests that kill it:
//
//   node … worker-process.ts '{"url":"redis://…","jobs":2}'
//
// Tells what happens as lines of JSON.
import { startWorker } from "../src/queue/worker";

const options = JSON.parse(process.argv[2] as string);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const worker = await startWorker({
  ...options,
  onTrouble: (trouble) => say({ type: "trouble", trouble }),
  onEvent: (event) => {
    // Events of the training itself would be most of it.
    if (event.type !== "delivery" || event.event.type === "taken") say(event);
  },
});
process.on("SIGTERM", () => void worker.stop());
say({ type: "ready" });
await worker.ended;
process.exit(0);
