import {
  collect,
  dataReferences,
  type Experiment,
  type ExtensionReference,
  hasDataFile,
  type LoadedExtension,
  parseExperiment,
} from "@grok/train";
import { printable } from "@grok/train/front-end";
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

/** A run whose code this worker was not started with: other workers may do it. */
export class MissingExtensionError extends Error {
  override name = "MissingExtensionError";

  /**
   * @param run the run's name
   * @param reason the end of a sentence
   */
  constructor(
    readonly run: string,
    readonly reason: string,
  ) {
    super(`Run ${run}: ${reason}.`);
  }
}

/** Checks that a worker was started with the very code that an experiment names. */
function checkExtensions(
  id: string | undefined,
  asked: object,
  extensions: readonly LoadedExtension[],
): void {
  const named = (asked as { extensions?: unknown }).extensions;
  if (!Array.isArray(named)) return;
  const isSame = ({ name, sha256 }: ExtensionReference) =>
    extensions.some((own) => own.extension.name === name && own.sha256 === sha256);
  const read = collect().openSchema.safeParse(asked);
  if (!read.success) {
    throw new JobError("The job is no experiment: it names extensions, and is none in any case.");
  }
  const missing = (read.data.extensions ?? []).find((each) => !isSame(each));
  if (missing === undefined) return;
  const { name, sha256 } = missing;
  throw new MissingExtensionError(
    nameOfJob(id ?? ""),
    `it needs the extension ${name}, ${sha256 === null ? "a value in code" : `sha256 ${sha256}`}, which this worker was not started with (--use)`,
  );
}

/** Checks that a worker was started with the data files that an experiment names. */
function checkData(id: string | undefined, asked: object): void {
  const { task } = asked as { task?: unknown };
  if (typeof task !== "object" || task === null) return;
  const missing = dataReferences(task).find((each) => !hasDataFile(each));
  if (missing === undefined) return;
  throw new MissingExtensionError(
    nameOfJob(id ?? ""),
    `it needs the data file ${missing.name}, sha256 ${missing.sha256}, which this worker was not started with (--data)`,
  );
}

/**
 * Reads what a job asks for. Anyone who can write to the queue's store may have made it: nothing but an
 * experiment under the schema, whose hash is the job's own name, is ever run.
 *
 * @param options `extensions` that the worker was started with: a job names code by its digest, and
 *   never brings any
 * @throws MissingExtensionError for a run that needs others, JobError for anything else
 */
export function readJob(
  id: string | undefined,
  data: unknown,
  { extensions = [] }: { extensions?: readonly LoadedExtension[] } = {},
): SweepRun {
  if (data instanceof JobError) throw data;
  const { experiment: asked, ...more } = (data ?? {}) as Partial<JobData>;
  if (typeof asked !== "object" || asked === null) {
    throw new JobError("The job is no experiment: it has none.");
  }
  const [key] = Object.keys(more);
  if (key !== undefined) {
    throw new JobError(`The job has ${printable(key)} besides an experiment, which no job has.`);
  }
  checkExtensions(id, asked, extensions);
  checkData(id, asked);
  let experiment: Experiment;
  try {
    experiment = parseExperiment(asked, { extensions });
  } catch (error) {
    throw new JobError(`The job is no experiment: ${(error as Error).message}`);
  }
  const name = runName(experiment);
  if (id === jobId(name)) return { name, experiment };
  throw new JobError(`The job's experiment is the run ${name}, which is not what its id says.`);
}
