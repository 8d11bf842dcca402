import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { ExtensionFile } from "@grok/train/node";
import { QueueError } from "./error";
import { JobHandler } from "./job-handler";
import { isOnce, type QueueWorker, type QueueWorkerOptions } from "./queue-worker";
import { Rest } from "./rest";
import type { RunWorker } from "./run-worker";
import { RunnerPool } from "./runner-pool";
import type { QueueStore } from "./store";
import type { WorkFolder } from "./work-folder";

/** Milliseconds that a stop waits for a store that answers, and for it to say so. */
const stopPatience = { answering: 20_000, answer: 1000, closing: 500 };

/** Milliseconds between signs of life. */
const beatEvery = 5000;

/** A worker that has begun to take runs; see `startWorker`. */
export class StartedWorker implements QueueWorker {
  readonly name = `${hostname()}:${process.pid}`;
  readonly queue: string;
  readonly ended: Promise<void>;
  readonly #options: QueueWorkerOptions;
  readonly #store: QueueStore;
  readonly #folder: WorkFolder;
  readonly #handler: JobHandler;
  readonly #runners: RunnerPool;
  readonly #worker: RunWorker;
  readonly #rest: Rest;
  readonly #stop = new AbortController();
  #stopping: Promise<void> | undefined;
  /** Why it ended of itself, if it did. */
  #failure: QueueError | undefined;
  #settle: (() => void) | undefined;

  constructor(
    options: QueueWorkerOptions,
    store: QueueStore,
    folder: WorkFolder,
    extensions: readonly ExtensionFile[],
  ) {
    const { jobs = 1, threads, backend, lockMs = 30_000, restMs } = options;
    this.#options = options;
    this.#store = store;
    this.#folder = folder;
    this.queue = `${store.name} in ${store.shown}`;
    this.#runners = new RunnerPool({
      threads,
      backend,
      extensions,
      // A worker leaves such a run to one that computes alike.
      allowChanges: null,
    });
    this.#worker = store.createWorker((job, token) => this.#handler.process(job, token), {
      name: this.name,
      concurrency: isOnce(options) ? 1 : jobs,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      // A run is not to blame for its workers: the ledger counts its failed attempts.
      maxStalledCount: 1_000_000,
      drainDelay: 5,
      runRetryDelay: 1000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 1000 },
    });
    this.#worker.on("lockRenewalFailed", (ids: string[]) => this.#handler.loseLocks(ids));
    this.#rest = new Rest({
      firstMs: restMs,
      pause: () => void this.#worker.pause(true),
      resume: () => void this.#worker.resume(),
    });
    this.#handler = new JobHandler({
      name: this.name,
      options,
      store,
      folder,
      runners: this.#runners,
      rest: this.#rest,
      control: {
        pause: () => this.#worker.pause(true),
        resume: () => this.#worker.resume(),
        stop: () => this.stop(),
        fail: (reason) => this.#fail(reason),
      },
      stopped: this.#stop.signal,
    });
    this.ended = new Promise((resolve, reject) => {
      this.#settle = () => (this.#failure === undefined ? resolve() : reject(this.#failure));
    });
    // Who stops it need not listen to how it ends.
    this.ended.catch(() => {});
    store.waits.over.addEventListener("abort", () => this.#fail(store.waits.over.reason));
    options.signal?.addEventListener("abort", () => void this.stop());
    void this.#worker.run().catch(() => {});
    void this.#live();
    void this.#watchIdle();
    if (options.signal?.aborted) void this.stop();
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  #fail(reason: QueueError): void {
    if (this.#stop.signal.aborted) return;
    this.#failure = reason;
    void this.stop();
  }

  /** Says from time to time that it lives, and so hears whether the store does. */
  async #live(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#store.ledger.beat(this.name).catch((error) => this.#fail(error));
      await setTimeout(beatEvery, undefined, { signal }).catch(() => {});
    }
  }

  async #end(): Promise<void> {
    this.#stop.abort();
    this.#rest.end();
    void this.#worker.pause(true);
    const isAnswering = await this.#givenBack();
    this.#store.waits.end(new QueueError("The worker has stopped."));
    if (this.#handler.deliveries.size > 0) await this.#runners.kill();
    else await this.#runners.stop();
    const { closing, answering } = stopPatience;
    await within(isAnswering ? answering : closing, this.#worker.close(!isAnswering));
    await within(closing, this.#worker.disconnect());
    await this.#store.close();
    await this.#folder.remove().catch(() => {});
    this.#settle?.();
  }

  /** Waits until all runs are given back, as long as the store answers; false if it does not. */
  async #givenBack(): Promise<boolean> {
    const { over } = this.#store.waits;
    const until = performance.now() + stopPatience.answering;
    const isIdle = () => this.#handler.deliveries.size === 0;
    do {
      if (over.aborted || !(await this.#store.answers(stopPatience.answer))) return false;
      await within(stopPatience.answer, Promise.allSettled(this.#handler.deliveries));
    } while (!isIdle() && performance.now() < until);
    return isIdle();
  }

  async #watchIdle(): Promise<void> {
    const { until } = this.#options;
    if (until === undefined || !("idleMs" in until)) return;
    const { idleMs } = until;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (Date.now() - this.#handler.lastBusy >= idleMs) void this.stop();
      await setTimeout(Math.min(250, idleMs), undefined, { signal }).catch(() => {});
    }
  }
}

/** Waits for something that may never come, this many milliseconds at most. */
async function within(ms: number, promise: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const late = setTimeout(ms, undefined, { signal: over.signal }).catch(() => {});
  await Promise.race([promise.catch(() => {}), late]);
  over.abort();
}
