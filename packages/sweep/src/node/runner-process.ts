// The process of a runner: does the runs that its parent sends, one after another.
//
//   node runner-process.js '{"threads":1,"backend":"auto"}'     (forked, see runner.ts; begins in runner-entry.ts)
import { stopBackend } from "@grok/backend";
import { errorSentence } from "@grok/train/front-end";
import { loadDataOnDisk, loadExtensionFiles } from "@grok/train/node";
import { faultOf } from "./machine-fault";
import { runExperiment } from "./run-experiment";
import type { FromProcess, RunnerSettings, RunTask, ToProcess } from "./runner-message";

const settings = JSON.parse(process.argv[2] as string) as RunnerSettings;
let current: { controller: AbortController; ended: Promise<void> } | undefined;
let isEnding = false;
// By their digests, from the sweep's own folder: the files that they came from may have changed.
const extensions = loadExtensionFiles(settings.extensions);
extensions.catch(() => {});
const data = loadDataOnDisk(settings.data);
data.catch(() => {});

process.on("message", (message: ToProcess) => {
  if (message.type === "stop") current?.controller.abort();
  else if (!isEnding) {
    const controller = new AbortController();
    current = { controller, ended: runAndReport(message.task, controller.signal) };
  }
});
process.on("SIGTERM", () => void end());
// The parent has died, or wants no more: a run that nobody waits for leaves its checkpoint.
process.on("disconnect", () => void end());
// It may have died before anything here could hear of it.
if (!process.connected) void end();

async function runAndReport(task: RunTask, signal: AbortSignal): Promise<void> {
  try {
    await data;
    const summary = await runExperiment(
      task,
      { ...settings, extensions: await extensions },
      (event) => tell({ type: "event", event }),
      signal,
    );
    tell({ type: "done", summary });
  } catch (error) {
    tell({ type: "error", fault: faultOf(error), message: errorSentence(error) });
  } finally {
    current = undefined;
  }
}

async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  current?.controller.abort();
  await current?.ended;
  await stopBackend();
  process.exit(0);
}

function tell(message: FromProcess): void {
  // A parent that is gone is told nothing; `disconnect` follows.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}
