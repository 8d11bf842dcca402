import { type Experiment, parseExperiment } from "@grok/train";
import { runName } from "../run/run-name";
import type { SweepRun } from "../run/sweep-run";

/** What a job carries. */
export interface JobData {
  experiment: Experiment;
}

/** An experiment is some 2 KB of JSON; whatever is much longer is none. */
export const maxJobLength = 64 * 1024;

const prefix = "run-";

/** The id of a run's job: the same run is one job, however often it is added. */
export function jobId(name: string): string {
  // BullMQ takes no id that could be a number, which 16 hexadecimal digits can be.
  return `${prefix}${name}`;
}

/** The name of a job's run. */
export function nameOfJob(id: string): string {
  return id.startsWith(prefix) ? id.slice(prefix.length) : id;
}

/** A job that is no run; one sentence says why. */
export class JobError extends Error {
  override name = "JobError";
}

/**
 * Reads what a job asks for. It comes from whoever can write to the queue's store: nothing but an
 * experiment under the schema, whose hash is the job's own name, is ever run.
 *
 * @throws JobError for anything else
 */
export function readJob(id: string | undefined, data: unknown): SweepRun {
  if (data instanceof JobError) throw data;
  const { experiment: asked } = (data ?? {}) as Partial<JobData>;
  if (typeof asked !== "object" || asked === null) {
    throw new JobError("The job is no experiment: it has none.");
  }
  let experiment: Experiment;
  try {
    experiment = parseExperiment(asked);
  } catch (error) {
    throw new JobError(`The job is no experiment: ${(error as Error).message}`);
  }
  const name = runName(experiment);
  if (id === jobId(name)) return { name, experiment };
  throw new JobError(`The job's experiment is the run ${name}, which is not what its id says.`);
}
