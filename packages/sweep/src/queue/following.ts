import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { hasEnded } from "@grok/train";
import { makeFolder, readSummary } from "@grok/train/node";
import pMap from "p-map";
import { runFolder, runsName } from "../node/sweep-folder";
import type { SweepRun } from "../run/sweep-run";
import { clearDownloaded } from "./clear-downloaded";
import { download, type FailedDownload } from "./download";
import { QueueError } from "./error";
import type { FollowEvent, Followed, FollowOptions } from "./follow-options";
import type { RunRecord } from "./ledger";
import { openStore } from "./open-store";
import type { QueueJobs } from "./queue-jobs";
import type { QueueStore } from "./store";

/** Runs in one call. */
const batch = 500;
/** Results that are downloaded at a time. */
const atOnce = 4;

/** How often a run is done again because its result was damaged in the store. */
const maxAgain = 3;
/** How often a job is added again because its data were. */
const maxAdded = 10;

/** A sweep's runs on a queue, as they are followed to their end. */
export class Following {
  readonly #options: FollowOptions;
  /** Runs whose results are not here. */
  readonly #left: Map<string, SweepRun>;
  /** Why runs were last given back, as was told. */
  readonly #told = new Map<string, string>();
  /** How often runs were done again. */
  readonly #again = new Map<string, number>();
  /** How often jobs were added again that asked for something else. */
  readonly #added = new Map<string, number>();
  readonly #tell: (event: FollowEvent) => void;
  #done = 0;
  #failed = 0;
  /** The store that we look at, and how far we have seen its ends. */
  #seen = { mark: "", position: 0 };
  /** Where the next look whether runs are still known begins. */
  #checked = 0;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#left = new Map(options.runs.map((run) => [run.name, run]));
    this.#tell = options.onEvent ?? (() => {});
  }

  get state(): Followed {
    return { done: this.#done, failed: this.#failed, left: this.#left.size };
  }

  /** Follows until all runs have ended, or the signal. */
  async run(): Promise<void> {
    const { folder } = this.#options;
    await makeFolder(join(folder, runsName));
    const store = await openStore(this.#options);
    const jobs = store.openJobs();
    try {
      await this.#follow(store, jobs);
    } finally {
      await jobs.close();
      await store.close();
    }
  }

  async #follow(store: QueueStore, jobs: QueueJobs): Promise<void> {
    const { signal, everyMs = 1000, recheckMs = 10_000 } = this.#options;
    // Before anything is added, so that no end is missed.
    await this.#skipToNewest(store);
    await this.#add(store, jobs);
    await clearDownloaded(store.ledger, store.transport);
    let checked = performance.now();
    while (this.#left.size > 0 && !signal?.aborted) {
      const { mark, position } = this.#seen;
      const ended = await store.ledger.endedSince(position, batch);
      if (ended.mark !== mark || ended.last < position) {
        // It has begun again, or from an older copy of itself: nothing that we knew of it holds.
        this.#seen = { mark: ended.mark, position: 0 };
        for (let from = 0; from <= this.#left.size; from += batch) await this.#recheck(store, jobs);
        continue;
      }
      await this.#gather(store, jobs, ended.names);
      this.#seen.position = ended.position;
      if (ended.names.length === batch) continue;
      if (performance.now() - checked >= recheckMs) {
        await this.#recheck(store, jobs);
        await this.#hearRefused(jobs);
        await clearDownloaded(store.ledger, store.transport);
        checked = performance.now();
      }
      await this.#show(store, jobs);
      if (this.#left.size > 0) await setTimeout(everyMs, undefined, { signal }).catch(() => {});
    }
  }

  async #skipToNewest({ ledger }: QueueStore): Promise<void> {
    const { mark, last } = await ledger.endedSince(Number.MAX_SAFE_INTEGER, 1);
    this.#seen = { mark, position: last };
  }

  /** Sorts out which runs are done here, which have ended on the queue, and adds the others. */
  async #add(store: QueueStore, jobs: QueueJobs): Promise<void> {
    const { ledger } = store;
    const runs = [...this.#left.values()];
    await this.#leaveOutDone(runs);
    const here = this.#done;
    const missing = [...this.#left.keys()];
    const records = await ledger.records(missing);
    const ended: string[] = [];
    const failed: [string, RunRecord][] = [];
    const elsewhere: [string, RunRecord][] = [];
    missing.forEach((name, index) => {
      const record = records[index];
      if (record == null || record.state === null) return;
      if (record.state === "failed" && record.gatheredBy !== null) failed.push([name, record]);
      else if (record.hasFiles || record.summary === null) ended.push(name);
      else if (record.gatheredBy === null) failed.push([name, record]);
      else elsewhere.push([name, record]);
    });
    if (elsewhere.length > 0 && !this.#options.again) throw new QueueError(whereTo(elsewhere));
    await pMap(
      [...failed, ...elsewhere],
      async ([name, { commits }]) => {
        if (await ledger.reopen(name, commits)) await jobs.remove(name);
      },
      { concurrency: 64 },
    );
    const isEnded = new Set(ended);
    const wanted = missing.filter((name) => !isEnded.has(name));
    await this.#addJobs(jobs, wanted);
    const counts = { runs: runs.length, here, ended: ended.length, jobs: wanted.length };
    this.#tell({ type: "added", ...counts });
    await this.#gather(store, jobs, ended);
  }

  async #leaveOutDone(runs: readonly SweepRun[]): Promise<void> {
    await pMap(
      runs,
      async ({ name }) => {
        const summary = await readSummary(runFolder(this.#options.folder, name)).catch(() => null);
        if (!summary || !hasEnded(summary.status)) return;
        this.#left.delete(name);
        this.#done++;
        this.#tell({ type: "ended", name, summary });
      },
      { concurrency: 64 },
    );
  }

  async #addJobs(jobs: QueueJobs, names: readonly string[]): Promise<void> {
    for (let from = 0; from < names.length; from += batch) {
      if (this.#options.signal?.aborted) return;
      const some = names.slice(from, from + batch);
      await jobs.add(some.flatMap((name) => this.#left.get(name) ?? []));
    }
  }

  /** Looks, some at a time, whether the queue still has the runs that are waited for. */
  async #recheck(store: QueueStore, jobs: QueueJobs): Promise<void> {
    const all = [...this.#left.keys()];
    if (this.#checked >= all.length) this.#checked = 0;
    const names = all.slice(this.#checked, this.#checked + batch);
    this.#checked += batch;
    const records = await store.ledger.records(names);
    const open: string[] = [];
    const ended: string[] = [];
    names.forEach((name, index) => {
      const record = records[index] ?? null;
      (record === null || record.state === null ? open : ended).push(name);
      const trouble = record?.trouble ?? null;
      if (trouble === null || this.#told.get(name) === trouble) return;
      this.#told.set(name, trouble);
      this.#tell({ type: "waiting", name, why: trouble });
    });
    await this.#gather(store, jobs, ended);
    const forgotten = (await store.ledger.withoutJob(open)).filter((name) => this.#left.has(name));
    // A run that ended since has no job either.
    const now = await store.ledger.records(forgotten);
    const again = forgotten.filter((_, index) => (now[index]?.state ?? null) === null);
    if (again.length === 0) return;
    await this.#addJobs(jobs, again);
    this.#tell({ type: "again", runs: again.length });
  }

  /** Downloads those of the runs that are ours. */
  async #gather(store: QueueStore, jobs: QueueJobs, names: readonly string[]): Promise<void> {
    const ours = names.filter((name) => this.#left.has(name));
    if (ours.length === 0) return;
    const { ledger } = store;
    const records = await ledger.records(ours);
    const { extensions, folder, keepHours = 24, signal } = this.#options;
    const by = `${hostname()}:${resolve(folder)}`;
    await pMap(
      ours,
      async (name, index) => {
        const run = this.#left.get(name);
        let record = records[index] ?? null;
        while (run !== undefined && record !== null && record.state !== null) {
          if (signal?.aborted) return;
          const { summary, error, state, commits } = record;
          const home = summary === null ? null : await download(run, folder, store, extensions);
          if (home === null) {
            await ledger.gathered(name, by, 3600 * keepHours);
            if (state === "done") this.#done++;
            else this.#failed++;
            this.#left.delete(name);
            if (summary !== null) this.#tell({ type: "ended", name, summary });
            else this.#tell({ type: "failed", name, error: error ?? "The run failed." });
            return;
          }
          const [now = null] = await ledger.records([name]);
          if (now !== null && now.commits === commits && now.state !== null) {
            await this.#without(home, now, run, store, jobs);
            return;
          }
          // Somebody opened it again meanwhile.
          record = now;
        }
      },
      { concurrency: atOnce },
    );
    if (keepHours === 0) await clearDownloaded(ledger, store.transport);
  }

  /** What becomes of a run that has ended, and whose files cannot be downloaded. */
  async #without(
    { kind, why }: FailedDownload,
    record: RunRecord,
    { name }: SweepRun,
    { ledger }: QueueStore,
    jobs: QueueJobs,
  ): Promise<void> {
    const times = this.#again.get(name) ?? 0;
    if (kind === "in use") {
      this.#tell({ type: "waiting", name, why });
    } else if (record.gatheredBy !== null && !record.hasFiles) {
      this.#fail(name, whereTo([[name, record]]));
    } else if (await ledger.reopen(name, record.commits)) {
      await jobs.remove(name);
      if (times >= maxAgain) {
        this.#fail(name, why);
        return;
      }
      // What the store has lost or damaged is done again.
      this.#again.set(name, times + 1);
      await this.#addJobs(jobs, [name]);
      this.#tell({ type: "waiting", name, why });
      this.#tell({ type: "again", runs: 1 });
    }
  }

  /** Jobs that every worker refuses have no record, and would be waited for forever. */
  async #hearRefused(jobs: QueueJobs): Promise<void> {
    for (const { name, why, isDamaged } of await jobs.refused(this.#left)) {
      await jobs.remove(name);
      const times = this.#added.get(name) ?? 0;
      if (!isDamaged || times >= maxAdded) {
        this.#fail(name, why);
        continue;
      }
      this.#added.set(name, times + 1);
      await this.#addJobs(jobs, [name]);
      this.#tell({ type: "again", runs: 1 });
    }
  }

  #fail(name: string, error: string): void {
    this.#left.delete(name);
    this.#failed++;
    this.#tell({ type: "failed", name, error });
  }

  async #show(store: QueueStore, jobs: QueueJobs): Promise<void> {
    const counts = await jobs.counts();
    this.#tell({ type: "counts", ...counts, workers: await store.ledger.beat() });
    for (const [name, progress] of await jobs.progress((each) => this.#left.has(each))) {
      this.#tell({ type: "progress", name, progress });
    }
  }
}

function whereTo(elsewhere: [string, RunRecord][]): string {
  const places = [...new Set(elsewhere.map(([, { gatheredBy }]) => gatheredBy))].slice(0, 3);
  const count = elsewhere.length === 1 ? "1 run was" : `${elsewhere.length} runs were`;
  return `${count} brought to ${places.join(" and ")}, and left the queue since: copy from there what is missing in runs/, or do it again with --again.`;
}
