import type { Job, Queue } from "bullmq";
import type { SweepRun } from "../run/sweep-run";
import { type JobData, jobId, nameOfJob } from "./job";
import type { RunProgress } from "./run-progress";
import type { StoreWaits } from "./store-waits";

type RunJob = Job<JobData, unknown, string>;

/** A job of a run that a worker refused. */
export interface RefusedJob {
  name: string;
  /** A sentence of the worker's. */
  why: string;
  /** Whether it asks for something else than the run, as its data were lost or damaged. */
  isDamaged: boolean;
}

/** Jobs in one call. */
const batch = 500;

/** The jobs of a queue, as who adds runs and follows them sees them. */
export class QueueJobs {
  readonly #queue: Queue<JobData, unknown, string>;
  readonly #waits: StoreWaits;

  constructor(queue: Queue<JobData, unknown, string>, waits: StoreWaits) {
    this.#queue = queue;
    this.#waits = waits;
  }

  /** Adds the jobs of runs; a run that has one keeps it. */
  async add(runs: readonly SweepRun[]): Promise<void> {
    for (let from = 0; from < runs.length; from += batch) {
      const jobs = runs.slice(from, from + batch).map(({ name, experiment }) => ({
        name: "run",
        data: { experiment },
        // How often a run is tried is the ledger's to count.
        opts: { jobId: jobId(name), attempts: 1 },
      }));
      await this.#waits.for("adding runs", () => this.#queue.addBulk(jobs));
    }
  }

  /** Takes a run's job away, unless a worker has it. */
  async remove(name: string): Promise<void> {
    await this.#waits.for("removing a job", () => this.#queue.remove(jobId(name)));
  }

  /** Jobs by their state, also those of other sweeps. */
  async counts(): Promise<{ waiting: number; active: number }> {
    const counts = await this.#waits.for("counting jobs", () =>
      this.#queue.getJobCounts("waiting", "active", "delayed"),
    );
    return {
      waiting: (counts.waiting ?? 0) + (counts.delayed ?? 0),
      active: counts.active ?? 0,
    };
  }

  /** How far those of the runs are that are being done. */
  async progress(isOurs: (name: string) => boolean): Promise<[string, RunProgress][]> {
    const jobs = await this.#ofOurs("active", 199, isOurs);
    return jobs.flatMap(([name, job]): [string, RunProgress][] =>
      typeof job?.progress === "object" && job.progress !== null
        ? [[name, job.progress as RunProgress]]
        : [],
    );
  }

  /** Those of the runs' jobs that a worker refused. */
  async refused(runs: ReadonlyMap<string, SweepRun>): Promise<RefusedJob[]> {
    const jobs = await this.#ofOurs("failed", 999, (name) => runs.has(name));
    return jobs.map(([name, job]) => {
      const asked = JSON.stringify({ experiment: runs.get(name)?.experiment });
      const why = job?.failedReason ?? "The job cannot be read.";
      return { name, why, isDamaged: job === null || JSON.stringify(job.data) !== asked };
    });
  }

  /** Ends the connection; one that does not answer is not waited for. */
  async close(): Promise<void> {
    const closing = this.#queue.close().catch(() => {});
    const late = new Promise<void>((resolve) => setTimeout(resolve, 500).unref());
    await Promise.race([closing, late]);
    await Promise.race([this.#queue.disconnect().catch(() => {}), late]);
  }

  /** Jobs of our runs alone, by name: those of strangers may not even be readable; null for one of ours that is not. */
  async #ofOurs(
    type: "active" | "failed",
    last: number,
    isOurs: (name: string) => boolean,
  ): Promise<[string, RunJob | null][]> {
    return this.#waits.for("looking at jobs", async () => {
      const ids = (await this.#queue.getRanges([type], 0, last)) as string[];
      const ours = ids.filter((id) => isOurs(nameOfJob(id)));
      const jobs = await Promise.all(
        ours.map(async (id): Promise<[string, RunJob | null | undefined]> => {
          const found = this.#queue.getJob(id) as Promise<RunJob | undefined>;
          return [nameOfJob(id), await found.catch(whenUnreadable)];
        }),
      );
      return jobs.filter((each): each is [string, RunJob | null] => each[1] !== undefined);
    });
  }
}

/** A job whose data are no JSON is null; anything else that is thrown is the store's. */
function whenUnreadable(error: unknown): null {
  if (error instanceof SyntaxError) return null;
  throw error;
}
