import { maxThreads } from "@grok/backend";
import { share } from "@grok/sweep/node";
import { type QueueWorkerEvent, type QueueWorkerOptions, startWorker } from "@grok/sweep/queue";
import type { LoadedExtension } from "@grok/train";
import { backendChoices } from "@grok/train/front-end";
import { readDataFile } from "@grok/train/node";
import type { GivenFlags } from "../arguments/given-flags";
import type { ProcessEnv } from "../process-env";
import { numberFlag, readQueueFlags } from "../queue/queue-flags";
import { workerLine } from "../queue/worker-line";
import { RunFailure } from "../run/failure";
import { withFileErrors } from "../run/file-error";
import { listenForInterrupt } from "../run/interrupt";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

/**
 * Takes runs from a queue until it is asked to stop, or as `--once` and `--idle-exit` say.
 *
 * @throws UsageError or QueueError before anything is taken; RunFailure if the queue is lost later, or
 * the one run of `--once` cannot be done here
 */
export async function worker(
  given: GivenFlags,
  processEnv: ProcessEnv,
  extensions: readonly LoadedExtension[] = [],
): Promise<Status> {
  const options = readOptions(given, processEnv);
  for (const path of given.data === undefined ? [] : String(given.data).split("\n")) {
    await readDataFile(path);
  }
  const isJson = given.json === true;
  const main = isJson ? processEnv.stderr : processEnv.stdout;
  const say = (sentence: string) => {
    main.write(`${new Date().toISOString().slice(11, 19)}  ${sentence}\n`);
  };
  const onEvent = (event: QueueWorkerEvent) => {
    if (isJson) processEnv.stdout.write(jsonOf(event));
    const line = workerLine(event);
    if (line !== null && !isJson) say(line);
  };
  const interrupt = listenForInterrupt(processEnv);
  interrupt.onFirst = () => say("Stopping: runs are given back with their newest checkpoint.");
  const { signal } = interrupt;
  try {
    const started = await withFileErrors("The worker cannot write its runs", () =>
      startWorker({ ...options, extensions, signal, onEvent, onTrouble: say }),
    );
    const { jobs, threads } = options;
    say(
      `${started.name} takes ${jobs === 1 ? "one run" : `${jobs} runs`} at a time from ${started.queue}, with ${threads === 1 ? "one thread" : `${threads} threads`} each.`,
    );
    await started.ended.catch((error: Error) => {
      throw new RunFailure(error.message, { cause: error });
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    interrupt.release();
  }
  return signal.aborted ? status.interrupted : status.done;
}

function readOptions(
  given: GivenFlags,
  processEnv: ProcessEnv,
): QueueWorkerOptions & { jobs: number; threads: number } {
  const queue = readQueueFlags(given, processEnv, { byDefault: true });
  if (queue === null) throw new UsageError("grok worker needs --queue, the queue's URL.");
  const few = { min: 1, max: 256, whole: true };
  const seconds = { min: 1, max: 86_400 };
  const { jobs, threads } = share(
    {
      jobs: numberFlag(given, "jobs", few) ?? 1,
      threads: numberFlag(given, "threads", { ...few, max: maxThreads }),
    },
    Number.POSITIVE_INFINITY,
  );
  const backend = given.backend as (typeof backendChoices)[number] | undefined;
  if (backend !== undefined && !backendChoices.includes(backend)) {
    throw new UsageError(
      `--backend must be one of ${backendChoices.join(", ")}, not "${backend}".`,
    );
  }
  const idle = numberFlag(given, "idle-exit", { min: 0.1, max: 86_400 });
  if (idle !== undefined && given.once === true) {
    throw new UsageError(
      "--once ends after one run, and --idle-exit without any; give one of them.",
    );
  }
  const milliseconds = (value: number | undefined) =>
    value === undefined ? undefined : 1000 * value;
  return {
    ...queue,
    jobs,
    threads,
    backend,
    dir: given.dir === undefined ? undefined : String(given.dir),
    lockMs: milliseconds(numberFlag(given, "lock", seconds)),
    storeEveryMs: milliseconds(numberFlag(given, "store-every", { min: 0, max: 86_400 })),
    until:
      given.once === true
        ? { once: true }
        : idle === undefined
          ? undefined
          : { idleMs: 1000 * idle },
  };
}

/** A line of JSON; of an experiment only its run's name. */
function jsonOf(event: QueueWorkerEvent): string {
  const line = "run" in event ? { ...event, run: event.run.name } : event;
  return `${JSON.stringify(line)}\n`;
}
