import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { Summary } from "@grok/train";
import { makeFolder } from "@grok/train/node";
import { type Job, UnrecoverableError, WaitingError } from "bullmq";
import type { SweepRun } from "../run/sweep-run";
import { type Delivery, type DeliveryEvent, deliver } from "./delivery";
import { QueueError } from "./error";
import { type JobData, type JobError, MissingExtensionError, nameOfJob, readJob } from "./job";
import { LeftRuns } from "./left-runs";
import { showProgress } from "./progress";
import { isOnce, type QueueWorkerEvent, type QueueWorkerOptions } from "./queue-worker";
import type { Rest } from "./rest";
import type { RunnerPool } from "./runner-pool";
import type { QueueStore } from "./store";
import type { WorkFolder } from "./work-folder";

/** Milliseconds before a run that failed for a reason of its own is tried again. */
const retryAfter = 1000;

type RunJob = Job<JobData | JobError, unknown, string>;

/** What a handler may ask of its worker. */
interface WorkerControl {
  /** Takes no further jobs until {@link resume}. */
  pause: () => Promise<unknown>;
  resume: () => unknown;
  /** Ends the worker in order. */
  stop: () => Promise<void>;
  /** Ends the worker, for a reason. */
  fail: (reason: QueueError) => void;
}

/** What a handler works with. */
interface HandlerOptions {
  /** The worker's name, under which it takes runs. */
  name: string;
  options: QueueWorkerOptions;
  store: QueueStore;
  folder: WorkFolder;
  runners: RunnerPool;
  rest: Rest;
  control: WorkerControl;
  /** Aborts when the worker stops. */
  stopped: AbortSignal;
}

/** Does the runs of the jobs that a queue delivers to a worker. */
export class JobHandler {
  /** Those under way. */
  readonly deliveries = new Set<Promise<unknown>>();
  readonly #name: string;
  readonly #options: QueueWorkerOptions;
  readonly #store: QueueStore;
  readonly #folder: WorkFolder;
  readonly #runners: RunnerPool;
  readonly #rest: Rest;
  readonly #control: WorkerControl;
  readonly #stopped: AbortSignal;
  readonly #isOnce: boolean;
  readonly #tell: (event: QueueWorkerEvent) => void;
  readonly #left = new LeftRuns();
  /** Runs that were said to need other code. */
  readonly #unable = new Set<string>();
  /** By job: the signal that tells a delivery that its lock is gone. */
  readonly #lost = new Map<string, AbortController>();
  #lastBusy = Date.now();

  constructor({ name, options, store, folder, runners, rest, control, stopped }: HandlerOptions) {
    this.#name = name;
    this.#options = options;
    this.#store = store;
    this.#folder = folder;
    this.#runners = runners;
    this.#rest = rest;
    this.#control = control;
    this.#stopped = stopped;
    this.#isOnce = isOnce(options);
    this.#tell = options.onEvent ?? (() => {});
  }

  /** When the handler was last busy, in milliseconds of `Date.now()`; infinite while it is. */
  get lastBusy(): number {
    return this.#lastBusy;
  }

  /** Ends the deliveries of jobs whose locks are gone. */
  loseLocks(ids: readonly string[]): void {
    for (const id of ids) this.#lost.get(id)?.abort();
  }

  /** Takes a job that was delivered: does its run, or gives it back. */
  async process(job: RunJob, token = ""): Promise<unknown> {
    if (this.#rest.isOn || this.#stopped.aborted) return this.#putBack(job, token);
    this.#lastBusy = Number.POSITIVE_INFINITY;
    if (this.#isOnce) await this.#control.pause();
    const delivery = this.#deliver(job, token);
    this.deliveries.add(delivery);
    try {
      return await delivery;
    } finally {
      this.deliveries.delete(delivery);
      this.#lastBusy = Date.now();
      if (this.#isOnce) void this.#control.stop();
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
      worker: this.#name,
      maxBytes: maxRunBytes,
      every: storeEveryMs,
      withRunner: (use) => this.#runners.use(use) as Promise<Summary>,
      stop: this.#stopped,
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
    const signal = this.#stopped;
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
        if (this.#isOnce) this.#control.fail(new QueueError(reason));
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
    void this.#control.pause();
    setTimeout(ms, undefined, { signal: this.#stopped, ref: false })
      .then(() => (this.#rest.isOn ? undefined : this.#control.resume()))
      .catch(() => {});
  }
}
