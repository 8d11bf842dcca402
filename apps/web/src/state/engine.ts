import { proxy, type Remote, wrap } from "comlink";
import type { Told } from "../worker/protocol";
import type { TrainingSession } from "../worker/session";
import { byFrame } from "./by-frame";
import { servedAddress } from "./served-address";
import { startThreadsFor } from "./threads";

/** The worker that trains, as the main thread sees it. */
export type Engine = Remote<TrainingSession>;

let worker: Worker | undefined;
let current: Engine | undefined;
let endThreads = () => {};

/** Where `grok serve --use` says in the page that its extensions are; null if it has none. */
const extensionsAt = servedAddress("grok-extensions");

/** A new worker with the trainer's script; `name` is what the worker knows itself by. */
export function createTrainer(name: "grok-trainer" | "grok-side-run"): Worker {
  return new Worker(new URL("../worker/train.worker.ts", import.meta.url), {
    type: "module",
    name,
  });
}

/** Has the worker's script loaded and its backend started, while the page draws itself. */
export function wakeEngine(): void {
  if (worker !== undefined) return;
  worker = createTrainer("grok-trainer");
  endThreads = startThreadsFor(worker);
}

/**
 * Starts the worker, or takes the one that is awake.
 *
 * @param tell hears events, at most once a frame, those of a frame together and in order
 * @param onCrash called when the worker has died; `startEngine` starts another
 */
export async function startEngine(
  tell: (events: Told[]) => void,
  onCrash: (reason: string) => void,
): Promise<Engine> {
  if (current !== undefined) stopEngine();
  wakeEngine();
  const started = worker as Worker;
  started.onerror = (event) => {
    event.preventDefault();
    if (worker !== started) return;
    stopEngine();
    onCrash(event.message || "its script could not be loaded");
  };
  const session = wrap<TrainingSession>(started);
  current = session;
  await session.listen(proxy(byFrame(tell)));
  if (extensionsAt !== null) await session.experiments.loadExtensions(extensionsAt);
  return session;
}

/** The worker's interface. Throws where it does not run. */
export function engine(): Engine {
  if (current === undefined) throw new Error("The trainer is not running.");
  return current;
}

/** Ends the worker at once. What it has stored is safe. */
export function stopEngine(): void {
  worker?.terminate();
  endThreads();
  worker = undefined;
  current = undefined;
}
