import { type Job, type JobJson, Worker } from "bullmq";
import { type JobData, JobError, maxJobLength } from "./job";

/**
 * BullMQ's worker, which also takes jobs that are damaged or huge: it hands them on with the reason
 * instead of their data, so that they are failed rather than delivered for ever.
 */
export class RunWorker extends Worker<JobData | JobError, unknown, string> {
  protected override createJob(
    json: JobJson,
    id: string,
  ): Job<JobData | JobError, unknown, string> {
    const { length } = json.data ?? "";
    if (length > maxJobLength) {
      const sentence = `The job has ${length} characters; an experiment has at most ${maxJobLength}.`;
      return this.#without(json, id, sentence);
    }
    try {
      return super.createJob(json, id);
    } catch (error) {
      return this.#without(json, id, `The job cannot be read: ${(error as Error).message}`);
    }
  }

  #without(json: JobJson, id: string, sentence: string): Job<JobData | JobError, unknown, string> {
    const job = super.createJob({ ...json, data: "{}" }, id);
    job.data = new JobError(sentence);
    return job;
  }
}
