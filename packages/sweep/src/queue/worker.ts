import { rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { Experiment, Summary } from "@grok/train";
import { type Job, UnrecoverableError, WaitingError } from "bullmq";
import type { SweepRun } from "../run/sweep-run";
import { type Delivery, type DeliveryEvent, deliver } from "./delivery";
import { throughFolder, throughLedger } from "./file-courier";
import { type JobData, JobError, nameOfJob, readJob } from "./job";
import { openStore, type QueueSettings } from "./open-store";
import type { RunProgress } from "./progress";
import type { RunWorker } from "./run-worker";
import { RunnerPool } from "./runner-pool";
import { makeWorkFolder } from "./work-folder";

/** Settings of {@link startWorker}. */
export interface QueueWorkerOptions extends QueueSettings {
  /** Runs at a time; default 1. */
  jobs?: number;
  /** Threads of each run; default as many as there are processors. */
  threads?: number;
  /** What computes runs that begin here; default what each asks for. */
  backend?: Experiment["backend"];
  /** Where runs lie while they are done here; default a folder `grok-worker` of the system's for temporary files. */
  dir?: string;
  /** A folder that all machines share, for checkpoints and results; by default they go through the queue. */
  sharedDir?: string;
  /** Ends after one run, or after so many milliseconds without one; default never. */
  until?: { once: true } | { idleMs: number };
  /** Milliseconds until a job of a worker that died is another's; default 30,000 (BullMQ's). */
  lockMs?: number;
  /** Milliseconds between checkpoints that are stored; default 10,000. A run's last one always is. */
  storeEveryMs?: number;
  /** Bytes of a run's files that go through the queue's store; default 256 MiB. */
  maxRunBytes?: number;
  /** Is told what happens. */
  onEvent?: (event: QueueWorkerEvent) => void;
}

/** What a worker tells. */
export type QueueWorkerEvent =
  | { type: "delivery"; run: SweepRun; event: DeliveryEvent }
  | { type: "delivered"; run: SweepRun; delivery: Delivery }
  /** A job that is no run was failed. */
  | { type: "refused"; job: string; reason: string }
  /** A run came to no end here, and is tried again. */
  | { type: "failed"; run: SweepRun; reason: string };

/** A worker at work. */
export interface QueueWorker {
  /** Who it says it is. */
  readonly name: string;
  /** The queue as it may be shown: its name, and its store without a password. */
  readonly queue: string;
  /** Resolves when it has ended: asked to, or as `until` says. */
  readonly ended: Promise<void>;
  /** Takes no more runs, gives those it has back with their newest checkpoint, and ends. */
  stop(): Promise<void>;
}

/** How often a run is tried where the reason is not its own (its process died, a disk was full). */
export const attempts = 3;

/** Milliseconds between signs of progress in the queue. */
const progressEvery = 1000;

/** Milliseconds that a stop waits for the store before it leaves the rest to the lock. */
const stopPatience = 20_000;

/**
 * Takes runs from a queue and does them, in processes of their own: this one never computes, so
 * that it renews the locks of its jobs in time.
 *
 * @throws QueueError where the queue cannot be reached
 */
export async function startWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const store = await openStore(options);
  try {
    const folder = await makeWorkFolder(options.dir ?? join(tmpdir(), "grok-worker"));
    const { ledger } = store;
    const { sharedDir } = options;
    const courier =
      sharedDir === undefined ? throughLedger(ledger) : throughFolder(ledger, sharedDir);
    return new StartedWorker(options, { ...store, courier, folder });
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Store = Awaited<ReturnType<typeof openStore>>;
type Place = Store & { courier: ReturnType<typeof throughLedger>; folder: string };
type RunJob = Job<JobData | JobError, unknown, string>;

class StartedWorker implements QueueWorker {
  readonly name = `${hostname()}:${process.pid}`;
  readonly queue: string;
  readonly ended: Promise<void>;
  readonly #options: QueueWorkerOptions;
  readonly #place: Place;
  readonly #runners: RunnerPool;
  readonly #worker: RunWorker;
  readonly #stop = new AbortController();
  /** By job and lock: the signal that tells a delivery that its lock is gone. */
  readonly #lost = new Map<string, AbortController>();
  #stopping: Promise<void> | undefined;
  #lastBusy = Date.now();
  #tell: (event: QueueWorkerEvent) => void;

  constructor(options: QueueWorkerOptions, place: Place) {
    const { jobs = 1, threads, backend, lockMs = 30_000, until } = options;
    this.#options = options;
    this.#place = place;
    this.queue = `${place.name} in ${place.shown}`;
    this.#tell = options.onEvent ?? (() => {});
    this.#runners = new RunnerPool({ threads, backend });
    this.#worker = place.createWorker((job, token) => this.#process(job, token), {
      name: this.name,
      concurrency: until !== undefined && "once" in until ? 1 : jobs,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      // A run is not to blame for its workers: how often it was taken up in vain is the ledger's to count.
      maxStalledCount: 1_000_000,
      drainDelay: 5,
      runRetryDelay: 1000,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 1000 },
    });
    this.#worker.on("lockRenewalFailed", (ids: string[]) => {
      for (const id of ids) this.#lost.get(id)?.abort();
    });
    const loop = this.#worker.run().catch(() => {});
    const idle = this.#watchIdle();
    this.ended = loop.then(async () => {
      clearInterval(idle);
      // Nobody asked it to stop: it ended by itself, e.g. after one run.
      await this.stop();
    });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #end(): Promise<void> {
    await this.#worker.pause(true);
    this.#stop.abort();
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), stopPatience);
    });
    const isLate = (await Promise.race([this.#worker.close(), enough])) === "late";
    clearTimeout(timer);
    if (isLate) {
      // The store does not answer: the lock runs out, and another goes on from the last checkpoint.
      await this.#runners.kill();
      void this.#worker.close(true).catch(() => {});
      this.#worker.disconnect().catch(() => {});
    }
    await this.#runners.stop();
    await this.#place.close();
    await rm(this.#place.folder, { recursive: true, force: true });
  }

  async #process(job: RunJob, token = ""): Promise<unknown> {
    this.#lastBusy = Number.POSITIVE_INFINITY;
    const { until } = this.#options;
    if (until !== undefined && "once" in until) await this.#worker.pause(true);
    try {
      return await this.#deliver(job, token);
    } finally {
      this.#lastBusy = Date.now();
      if (this.#worker.isPaused()) void this.stop();
    }
  }

  async #deliver(job: RunJob, token: string): Promise<unknown> {
    const id = job.id ?? "";
    let run: SweepRun;
    try {
      run = readJob(id, job.data);
    } catch (error) {
      // What is left of a job that was delivered once more when its run had ended and it was gone.
      const [record] = await this.#place.ledger.records([nameOfJob(id)]);
      if (record?.state != null) return {};
      const { message } = error as Error;
      this.#tell({ type: "refused", job: id, reason: message });
      throw new UnrecoverableError(message);
    }
    const lost = new AbortController();
    this.#lost.set(id, lost);
    const progress = progressOf(job);
    try {
      const delivery = await this.#do(run, job, lost.signal, progress);
      this.#tell({ type: "delivered", run, delivery });
      return await this.#answer(delivery, job, token);
    } catch (error) {
      if (!(error instanceof WaitingError)) {
        this.#tell({ type: "failed", run, reason: (error as Error).message });
      }
      throw error;
    } finally {
      if (this.#lost.get(id) === lost) this.#lost.delete(id);
    }
  }

  #do(
    run: SweepRun,
    job: RunJob,
    lost: AbortSignal,
    onProgress: (event: DeliveryEvent) => void,
  ): Promise<Delivery> {
    const { ledger, courier, folder } = this.#place;
    const { maxRunBytes = 256 * 2 ** 20, storeEveryMs = 10_000, onTrouble } = this.#options;
    return deliver(run, {
      ledger,
      courier,
      folder,
      worker: this.name,
      maxBytes: maxRunBytes,
      every: storeEveryMs,
      withRunner: (use) => this.#runners.use(use) as Promise<Summary>,
      isLastAttempt: job.attemptsMade + 1 >= attempts,
      stop: this.#stop.signal,
      lost,
      onEvent: (event) => {
        onProgress(event);
        this.#tell({ type: "delivery", run, event });
      },
      onTrouble: (error) => onTrouble?.(this.#place.explain(error)),
    });
  }

  /** Tells the queue how a delivery ended. */
  async #answer(delivery: Delivery, job: RunJob, token: string): Promise<unknown> {
    switch (delivery.type) {
      case "committed":
        return { state: delivery.state };
      case "repeated":
        return {};
      case "given-back":
        // The lock may have run out meanwhile; then the queue finds the job by itself.
        await job.moveToWait(token).catch(() => {});
        throw new WaitingError();
      case "lost":
        // It is another's: this error leaves the job as it is.
        throw new WaitingError();
    }
  }

  #watchIdle(): NodeJS.Timeout | undefined {
    const { until } = this.#options;
    if (until === undefined || !("idleMs" in until)) return undefined;
    const { idleMs } = until;
    return setInterval(
      () => {
        if (Date.now() - this.#lastBusy >= idleMs) void this.stop();
      },
      Math.min(250, idleMs),
    );
  }
}

/** Shows a job's progress in the queue, now and then, one message at a time. */
function progressOf(job: RunJob): (event: DeliveryEvent) => void {
  let shown = 0;
  let isOnItsWay = false;
  let steps = 0;
  return (event) => {
    if (event.type !== "run") return;
    if (event.event.type === "start") ({ steps } = event.event);
    const now = Date.now();
    if (event.event.type !== "progress" || isOnItsWay || now - shown < progressEvery) return;
    shown = now;
    isOnItsWay = true;
    const { step, stepsPerSec } = event.event;
    const progress: RunProgress = { step, steps, stepsPerSec };
    job
      .updateProgress(progress)
      .catch(() => {})
      .finally(() => {
        isOnItsWay = false;
      });
  };
}
