import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { Summary } from "@grok/train";
import { type ExtensionFile, makeFolder } from "@grok/train/node";
import { type Job, UnrecoverableError, WaitingError } from "bullmq";
import type { SweepRun } from "../run/sweep-run";
import { type Delivery, type DeliveryEvent, deliver } from "./delivery";
import { QueueError } from "./error";
import { type JobData, JobError, MissingExtensionError, nameOfJob, readJob } from "./job";
import { LeftRuns } from "./left-runs";
import { showProgress } from "./progress";
import type { QueueWorker, QueueWorkerEvent, QueueWorkerOptions } from "./queue-worker";
import { Rest } from "./rest";
import type { RunWorker } from "./run-worker";
import { RunnerPool } from "./runner-pool";
import type { QueueStore } from "./store";
import type { WorkFolder } from "./work-folder";

/** Milliseconds that a stop waits for a store that answers, and for it to say so. */
const stopPatience = { answering: 20_000, answer: 1000, closing: 500 };

/** Milliseconds between signs of life. */
const beatEvery = 5000;

/** Milliseconds before a run that failed for a reason of its own is tried again. */
const retryAfter = 1000;

type RunJob = Job<JobData | JobError, unknown, string>;

/** A worker that has begun to take runs; see `startWorker`. */
export class StartedWorker implements QueueWorker {
  readonly name = `${hostname()}:${process.pid}`;
  readonly queue: string;
  readonly ended: Promise<void>;
  readonly #options: QueueWorkerOptions;
  readonly #store: QueueStore;
  readonly #folder: WorkFolder;
  readonly #runners: RunnerPool;
  readonly #worker: RunWorker;
  readonly #rest: Rest;
  readonly #left = new LeftRuns();
  /** Runs that were said to need other code. */
  readonly #unable = new Set<string>();
  readonly #stop = new AbortController();
  readonly #deliveries = new Set<Promise<unknown>>();
  /** By job and lock: the signal that tells a delivery that its lock is gone. */
  readonly #lost = new Map<string, AbortController>();
  readonly #tell: (event: QueueWorkerEvent) => void;
  #stopping: Promise<void> | undefined;
  #lastBusy = Date.now();
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
    this.#tell = options.onEvent ?? (() => {});
    this.#runners = new RunnerPool({
      threads,
      backend,
      extensions,
      // A worker leaves such a run to one that computes alike.
      allowChanges: null,
    });
    this.#worker = store.createWorker((job, token) => this.#process(job, token), {
      name: this.name,
      concurrency: this.#isOnce ? 1 : jobs,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      // A run is not to blame for its workers: the ledger counts its failed attempts.
      maxStalledCount: 1_000_000,
      drainDelay: 5,
      runRetryDelay: 1000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 1000 },
    });
    this.#worker.on("lockRenewalFailed", (ids: string[]) => {
      for (const id of ids) this.#lost.get(id)?.abort();
    });
    this.#rest = new Rest({
      firstMs: restMs,
      pause: () => void this.#worker.pause(true),
      resume: () => void this.#worker.resume(),
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

  get #isOnce(): boolean {
    const { until } = this.#options;
    return until !== undefined && "once" in until;
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
    if (this.#deliveries.size > 0) await this.#runners.kill();
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
    const isIdle = () => this.#deliveries.size === 0;
    do {
      if (over.aborted || !(await this.#store.answers(stopPatience.answer))) return false;
      await within(stopPatience.answer, Promise.allSettled(this.#deliveries));
    } while (!isIdle() && performance.now() < until);
    return isIdle();
  }

  async #process(job: RunJob, token = ""): Promise<unknown> {
    if (this.#rest.isOn || this.#stop.signal.aborted) return this.#putBack(job, token);
    this.#lastBusy = Number.POSITIVE_INFINITY;
    if (this.#isOnce) await this.#worker.pause(true);
    const delivery = this.#deliver(job, token);
    this.#deliveries.add(delivery);
    try {
      return await delivery;
    } finally {
      this.#deliveries.delete(delivery);
      this.#lastBusy = Date.now();
      if (this.#isOnce) void this.stop();
    }
  }

  async #deliver(job: RunJob, token: string): Promise<unknown> {
    const id = job.id ?? "";
    let run: SweepRun;
    try {
      run = readJob(id, job.data, this.#options);
    } catch (error) {
      // What is left of a job that was delivered once more when its run had ended and it was gone.
      const [record] = await this.#store.ledger.records([nameOfJob(id)]);
      if (record?.state != null) return {};
      if (error instanceof MissingExtensionError)
        return this.#leave(error, record?.token, job, token);
      const { message } = error as Error;
      this.#tell({ type: "refused", job: id, reason: message });
      throw new UnrecoverableError(message);
    }
    const [record = null] = this.#left.has(run.name)
      ? await this.#store.ledger.records([run.name])
      : [];
    if (this.#left.isStill(run.name, record?.token)) {
      // Only such runs come: wait for others without asking all the time.
      if (this.#left.isAll) this.#pauseFor(this.#left.patience());
      return this.#putBack(job, token, { last: true });
    }
    const lost = new AbortController();
    this.#lost.set(id, lost);
    try {
      const delivery = await this.#do(run, job, lost.signal);
      this.#tell({ type: "delivered", run, delivery });
      return await this.#answer(delivery, run, job, token);
    } finally {
      if (this.#lost.get(id) === lost) this.#lost.delete(id);
    }
  }

  /** Leaves a run to workers that have its code, and says so once. */
  async #leave(
    { run, reason }: MissingExtensionError,
    seen: number | undefined,
    job: RunJob,
    token: string,
  ): Promise<never> {
    const { experiment } = job.data as JobData;
    if (!this.#left.isStill(run, seen ?? 0)) {
      this.#left.add(run, seen ?? 0);
      if (!this.#unable.has(run))
        this.#tell({ type: "left", run: { name: run, experiment }, reason });
      this.#unable.add(run);
    }
    if (this.#left.isAll) this.#pauseFor(this.#left.patience());
    return this.#putBack(job, token, { last: true });
  }

  async #do(run: SweepRun, job: RunJob, lost: AbortSignal): Promise<Delivery> {
    const { maxRunBytes = 256 * 2 ** 20, storeEveryMs = 10_000, onTrouble } = this.#options;
    const onProgress = showProgress(job);
    const { path } = this.#folder;
    // It may be gone after a long sleep, when others took this process for dead.
    if (!existsSync(path)) await makeFolder(path);
    return deliver(run, {
      store: this.#store,
      folder: path,
      worker: this.name,
      maxBytes: maxRunBytes,
      every: storeEveryMs,
      withRunner: (use) => this.#runners.use(use) as Promise<Summary>,
      stop: this.#stop.signal,
      lost,
      onEvent: (event: DeliveryEvent) => {
        onProgress(event);
        this.#tell({ type: "delivery", run, event });
      },
      onTrouble: (error) => onTrouble?.(error.message),
    });
  }

  /** Tells the queue how a delivery ended. */
  async #answer(delivery: Delivery, run: SweepRun, job: RunJob, token: string): Promise<unknown> {
    switch (delivery.type) {
      case "committed":
        this.#rest.helped();
        this.#left.others();
        return { state: delivery.state };
      case "repeated":
        return {};
      case "given-back":
        return this.#putBack(job, token);
      case "lost":
        // It is another's: this error leaves the job as it is.
        throw new WaitingError();
      case "failed":
        return this.#failed(delivery, run, job, token);
    }
  }

  async #failed(
    { fault, reason }: Extract<Delivery, { type: "failed" }>,
    run: SweepRun,
    job: RunJob,
    token: string,
  ): Promise<unknown> {
    const { signal } = this.#stop;
    if (signal.aborted) return this.#putBack(job, token);
    switch (fault) {
      case "unfit": {
        const [record] = await this.#store.ledger.records([run.name]);
        this.#left.add(run.name, record?.token ?? 0);
        this.#tell({ type: "left", run, reason });
        return this.#putBack(job, token, { last: true });
      }
      case "run":
        this.#tell({ type: "failed", run, reason });
        await setTimeout(retryAfter, undefined, { signal }).catch(() => {});
        return this.#putBack(job, token, { last: true });
      case "machine":
      case "process": {
        if (this.#isOnce) this.#fail(new QueueError(reason));
        const ms = this.#rest.begin();
        if (ms !== null) this.#tell({ type: "resting", reason, ms });
        return this.#putBack(job, token);
      }
    }
  }

  /** Gives a job back to the queue, as the next or the last of those that wait. */
  async #putBack(job: RunJob, token: string, { last = false } = {}): Promise<never> {
    const { ledger, waits } = this.#store;
    try {
      await waits.for("giving a job back", () => job.moveToWait(token));
      if (last) await ledger.putBack(nameOfJob(job.id ?? ""));
    } catch {
      // The lock may have run out meanwhile; then the queue finds the job by itself.
    }
    throw new WaitingError();
  }

  #pauseFor(ms: number): void {
    void this.#worker.pause(true);
    setTimeout(ms, undefined, { signal: this.#stop.signal, ref: false })
      .then(() => (this.#rest.isOn ? undefined : this.#worker.resume()))
      .catch(() => {});
  }

  async #watchIdle(): Promise<void> {
    const { until } = this.#options;
    if (until === undefined || !("idleMs" in until)) return;
    const { idleMs } = until;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      if (Date.now() - this.#lastBusy >= idleMs) void this.stop();
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
