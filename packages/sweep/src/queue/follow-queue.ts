import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Summary } from "@grok/train";
import { readSummary } from "@grok/train/node";
import type { Job, Queue } from "bullmq";
import { runFolder, runsName } from "../node/sweep-folder";
import type { SweepRun } from "../run/sweep-run";
import { QueueError } from "./error";
import { type FileCourier, throughFolder, throughLedger } from "./file-courier";
import { DamagedError, gatherRun } from "./gather";
import { type JobData, jobId, nameOfJob } from "./job";
import type { Ledger, RunRecord } from "./ledger";
import { openStore, type QueueSettings } from "./open-store";
import type { RunProgress } from "./progress";
import type { QueueStore } from "./store";
import { attempts } from "./worker";

/** Settings of {@link followQueue}. */
export interface FollowOptions extends QueueSettings {
  runs: readonly SweepRun[];
  /** The sweep's folder; runs that have ended as planned there are left alone. */
  folder: string;
  /** The folder that the workers share, where they have one. */
  sharedDir?: string;
  /** Hours that results stay in the queue's store once they are here; default 24. */
  keepHours?: number;
  /** Does runs again whose results were gathered elsewhere and have left the store. */
  again?: boolean;
  /** Stops following; the workers go on. */
  signal?: AbortSignal;
  /** Milliseconds between looks at the queue; default 1000. */
  everyMs?: number;
  /** Is told of what happens. */
  onEvent?: (event: FollowEvent) => void;
}

/** What following tells. */
export type FollowEvent =
  /** How many runs there are, were here already, had ended on the queue, and are its jobs now. */
  | { type: "added"; runs: number; here: number; ended: number; jobs: number }
  /** The jobs of the queue by their state, also those of other sweeps, and the workers there are. */
  | { type: "counts"; waiting: number; active: number; workers: number }
  | { type: "progress"; name: string; progress: RunProgress }
  /** The run is in the sweep's folder. */
  | { type: "ended"; name: string; summary: Summary }
  /** The run came to no summary. */
  | { type: "failed"; name: string; error: string };

/** Where following ended. */
export interface Followed {
  /** Runs that are in the folder and ended as planned. */
  done: number;
  failed: number;
  /** Runs that are still the queue's. */
  left: number;
}

/** Runs in one call. */
const batch = 500;
/** Results that are brought home at a time. */
const atOnce = 4;

/**
 * Adds the runs of a sweep to a queue that are missing, and brings their results home as they come,
 * until all have ended. The queue is the memory: this may be stopped at any time and called again,
 * anywhere. A run that failed, and was told of, is done again by the next call.
 *
 * @throws QueueError where the queue cannot be reached, or results were gathered elsewhere and have
 *   left it since (`again` does them once more)
 */
export async function followQueue(options: FollowOptions): Promise<Followed> {
  const store = await openStore(options);
  const queue = store.openQueue();
  try {
    return await new Following(options, store, queue).run();
  } finally {
    await queue.close().catch(() => {});
    await store.close();
  }
}

type RunJob = Job<JobData, unknown, string>;

class Following {
  readonly #options: FollowOptions;
  readonly #queue: Queue<JobData, unknown, string>;
  readonly #ledger: Ledger;
  readonly #courier: FileCourier;
  readonly #left: Map<string, SweepRun>;
  readonly #tell: (event: FollowEvent) => void;
  #done = 0;
  #failed = 0;

  constructor(options: FollowOptions, store: QueueStore, queue: Queue<JobData, unknown, string>) {
    this.#options = options;
    this.#queue = queue;
    this.#ledger = store.ledger;
    const { sharedDir, runs } = options;
    this.#courier =
      sharedDir === undefined
        ? throughLedger(store.ledger)
        : throughFolder(store.ledger, sharedDir);
    this.#left = new Map(runs.map((run) => [run.name, run]));
    this.#tell = options.onEvent ?? (() => {});
  }

  async run(): Promise<Followed> {
    const { signal, folder } = this.#options;
    await mkdir(join(folder, runsName), { recursive: true });
    // A store that does not answer keeps its callers waiting; who wants to stop does not wait.
    const stopped = new Promise<void>((done) => {
      if (signal?.aborted) done();
      signal?.addEventListener("abort", () => done(), { once: true });
    });
    const following = this.#follow();
    await Promise.race([following, stopped]);
    following.catch(() => {});
    return { done: this.#done, failed: this.#failed, left: this.#left.size };
  }

  async #follow(): Promise<void> {
    const { signal, everyMs = 1000 } = this.#options;
    // Before anything is added, so that no end is missed.
    let { position } = await this.#newest();
    await this.#add();
    for (let look = 0; this.#left.size > 0 && !signal?.aborted; look++) {
      const ended = await this.#ledger.endedSince(position, batch);
      await this.#gather(ended.names);
      ({ position } = ended);
      if (ended.names.length === batch) continue;
      if (look % 10 === 9) await this.#hearRefused();
      await this.#show();
      if (this.#left.size > 0) await setTimeout(everyMs, undefined, { signal }).catch(() => {});
    }
  }

  async #newest(): Promise<{ position: number }> {
    for (let position = 0; ; ) {
      const next = await this.#ledger.endedSince(position, 10_000);
      if (next.names.length < 10_000) return next;
      ({ position } = next);
    }
  }

  /** Sorts out which runs are done here, which have ended on the queue, and adds the others. */
  async #add(): Promise<void> {
    const runs = [...this.#left.values()];
    await this.#leaveOutDone(runs);
    const here = this.#done;
    const missing = [...this.#left.keys()];
    const records = await this.#ledger.records(missing);
    const ended: string[] = [];
    const failed: string[] = [];
    const elsewhere: [string, RunRecord][] = [];
    missing.forEach((name, index) => {
      const record = records[index];
      if (record == null || record.state === null) return;
      if (record.state === "failed" && record.gatheredBy !== null) failed.push(name);
      else if (record.hasFiles || record.summary === null) ended.push(name);
      else elsewhere.push([name, record]);
    });
    if (elsewhere.length > 0 && !this.#options.again) throw new QueueError(whereTo(elsewhere));
    await this.#reopen([...failed, ...elsewhere.map(([name]) => name)]);
    const isEnded = new Set(ended);
    const jobs = missing.filter((name) => !isEnded.has(name));
    await this.#addJobs(jobs);
    this.#tell({ type: "added", runs: runs.length, here, ended: ended.length, jobs: jobs.length });
    await this.#gather(ended);
  }

  async #leaveOutDone(runs: readonly SweepRun[]): Promise<void> {
    await inParallel(runs, 64, async ({ name }) => {
      const summary = await readSummary(runFolder(this.#options.folder, name)).catch(() => null);
      if (summary?.status !== "grokked" && summary?.status !== "finished") return;
      this.#left.delete(name);
      this.#done++;
      this.#tell({ type: "ended", name, summary });
    });
  }

  async #reopen(names: readonly string[]): Promise<void> {
    await this.#ledger.reopen(names);
    await inParallel(names, 64, (name) => this.#queue.remove(jobId(name)));
  }

  async #addJobs(names: readonly string[]): Promise<void> {
    for (let from = 0; from < names.length; from += batch) {
      if (this.#options.signal?.aborted) return;
      const jobs = names.slice(from, from + batch).map((name) => ({
        name: "run",
        data: { experiment: (this.#left.get(name) as SweepRun).experiment },
        opts: { jobId: jobId(name), attempts, backoff: { type: "exponential", delay: 1000 } },
      }));
      await this.#queue.addBulk(jobs);
    }
  }

  /** Brings home those of the runs that are ours. */
  async #gather(names: readonly string[]): Promise<void> {
    const ours = names.filter((name) => this.#left.has(name));
    if (ours.length === 0) return;
    const records = await this.#ledger.records(ours);
    const { folder, sharedDir, keepHours = 24, signal } = this.#options;
    // Of files in a shared folder only their place is in the store.
    const keepSeconds = sharedDir === undefined ? keepHours * 3600 : 0;
    const by = `${hostname()}:${resolve(folder)}`;
    await inParallel(ours, atOnce, async (name, index) => {
      const run = this.#left.get(name) as SweepRun;
      const record = records[index] as RunRecord;
      if (signal?.aborted || record.state === null) return;
      const { summary, error } = record;
      if (summary !== null && !(await this.#bringHome(run))) return;
      await this.#ledger.gathered(name, by, keepSeconds);
      await this.#courier.discard(name);
      this.#left.delete(name);
      if (record.state === "done") this.#done++;
      else this.#failed++;
      if (summary !== null) this.#tell({ type: "ended", name, summary });
      else this.#tell({ type: "failed", name, error: error ?? "The run failed." });
    });
  }

  /** Whether the store's files were the run's; where not, the next call does it again. */
  async #bringHome(run: SweepRun): Promise<boolean> {
    try {
      await gatherRun(run, this.#options.folder, this.#courier);
      return true;
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      await this.#ledger.reopen([run.name]);
      this.#left.delete(run.name);
      this.#failed++;
      this.#tell({ type: "failed", name: run.name, error: error.message });
      return false;
    }
  }

  /** Jobs that every worker refuses have no record, and would be waited for in vain. */
  async #hearRefused(): Promise<void> {
    for (const job of await this.#ourJobs("failed", 999)) {
      const name = nameOfJob(job.id ?? "");
      this.#left.delete(name);
      this.#failed++;
      await this.#queue.remove(jobId(name));
      this.#tell({ type: "failed", name, error: job.failedReason });
    }
  }

  /** Jobs of our runs alone: those of strangers may not even be readable. */
  async #ourJobs(type: "active" | "failed", last: number): Promise<RunJob[]> {
    const ids = (await this.#queue.getRanges([type], 0, last)) as string[];
    const ours = ids.filter((id) => this.#left.has(nameOfJob(id)));
    const jobs = await Promise.all(
      ours.map(
        (id) => this.#queue.getJob(id).catch(() => undefined) as Promise<RunJob | undefined>,
      ),
    );
    return jobs.filter((job) => job !== undefined);
  }

  async #show(): Promise<void> {
    const [counts, active, workers] = await Promise.all([
      this.#queue.getJobCounts("waiting", "active", "delayed"),
      this.#ourJobs("active", 199),
      this.#queue.getWorkersCount(),
    ]);
    const { waiting = 0, delayed = 0 } = counts;
    this.#tell({ type: "counts", waiting: waiting + delayed, active: counts.active ?? 0, workers });
    for (const job of active) {
      const name = nameOfJob(job.id ?? "");
      const { progress } = job;
      if (!this.#left.has(name) || typeof progress !== "object" || progress === null) continue;
      this.#tell({ type: "progress", name, progress: progress as RunProgress });
    }
  }
}

function whereTo(elsewhere: [string, RunRecord][]): string {
  const places = [...new Set(elsewhere.map(([, { gatheredBy }]) => gatheredBy))].slice(0, 3);
  const count = elsewhere.length === 1 ? "1 run was" : `${elsewhere.length} runs were`;
  return `${count} brought to ${places.join(" and ")}, and left the queue since: copy from there what is missing in runs/, or do it again with --again.`;
}

/** Calls for each item, so many at a time. */
async function inParallel<T>(
  items: readonly T[],
  count: number,
  work: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  const rest = items.entries();
  const lane = async () => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, lane));
}
