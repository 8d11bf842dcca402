import type { Job, Queue } from "bullmq";
import type { SweepRun } from "../run/sweep-run";
import { type JobData, jobId, nameOfJob } from "./job";
import type { RunProgress } from "./progress";
import type { StoreWaits } from "./store-waits";

type RunJob = Job<JobData, unknown, string>;

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
    return jobs.flatMap(({ id, progress }): [string, RunProgress][] =>
      typeof progress === "object" && progress !== null
        ? [[nameOfJob(id ?? ""), progress as RunProgress]]
        : [],
    );
  }

  /** Those of the runs whose jobs every worker refuses, and why. */
  async refused(isOurs: (name: string) => boolean): Promise<[string, string][]> {
    const jobs = await this.#ofOurs("failed", 999, isOurs);
    return jobs.map(({ id, failedReason }) => [nameOfJob(id ?? ""), failedReason]);
  }

  /** Ends the connection; one that does not answer is not waited for. */
  async close(): Promise<void> {
    const closing = this.#queue.close().catch(() => {});
    const late = new Promise<void>((resolve) => setTimeout(resolve, 500).unref());
    await Promise.race([closing, late]);
    await Promise.race([this.#queue.disconnect().catch(() => {}), late]);
  }

  /** Jobs of our runs alone: those of strangers may not even be readable. */
  async #ofOurs(
    type: "active" | "failed",
    last: number,
    isOurs: (name: string) => boolean,
  ): Promise<RunJob[]> {
    return this.#waits.for("looking at jobs", async () => {
      const ids = (await this.#queue.getRanges([type], 0, last)) as string[];
      const jobs = await Promise.all(
        ids
          .filter((id) => isOurs(nameOfJob(id)))
          .map(
            (id) => this.#queue.getJob(id).catch(() => undefined) as Promise<RunJob | undefined>,
          ),
      );
      return jobs.filter((job) => job !== undefined);
    });
  }
}
