import type { Experiment } from "../experiment/experiment";
import { isInterruption } from "./checkpoint";
import type { RunConfig } from "./config";
import { configText } from "./config-text";
import type { Environment } from "./environment";
import { RunError } from "./error";
import type { RunFiles } from "./files";
import { handedOver } from "./history";
import { limits } from "./limits";
import { MetricsLog } from "./metrics-log";
import { checkpointName, configName, summaryName } from "./names";
import { listCheckpoints, readConfig } from "./read";
import type { EvaluationRecord, Summary } from "./record";
import { keptSteps } from "./retention";
import type { RunStore } from "./store";
import { summaryText } from "./summary-file";

/** What of an experiment decides which checkpoints there are. */
type Retained = Pick<
  Experiment["training"],
  "checkpointEvery" | "checkpointAt" | "keepCheckpoints"
>;

/** Writes a run into its files as it goes, until it is closed. */
export class FileStore implements RunStore {
  readonly #files: RunFiles;
  readonly #training: Retained;
  readonly #metrics: MetricsLog;
  readonly versions: Environment["versions"];
  /** Steps of checkpoints that were looked into, and whether each is of an interruption. */
  readonly #interrupted = new Map<number, boolean>();
  #isClosed = false;

  /**
   * @param config of the run, as this process continues with it
   * @param metricsBytes of metrics.jsonl so far
   */
  constructor(
    files: RunFiles,
    { training, versions }: Pick<RunConfig, "training" | "versions">,
    metricsBytes = 0,
  ) {
    this.#files = files;
    this.#metrics = new MetricsLog(files, metricsBytes);
    this.#training = training;
    this.versions = versions;
  }

  /** The folder's name, for messages. */
  get folder(): string {
    return this.#files.folder;
  }

  get lost(): AbortSignal | undefined {
    return this.#files.lost;
  }

  append(record: EvaluationRecord): Promise<void> {
    return this.#metrics.append(record);
  }

  async saveCheckpoint(step: number, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const name = checkpointName(step);
    if (bytes.length > limits.checkpoint) {
      throw new RunError(
        `The checkpoint of step ${step} has ${bytes.length} bytes; at most ${limits.checkpoint} can be read again.`,
      );
    }
    // A checkpoint counts the records before it: they must be there.
    await this.#files.check?.();
    await this.#files.write(name, bytes);
    this.#interrupted.delete(step);
    await this.dropOld();
    return name;
  }

  /**
   * Removes the checkpoints that are not to be kept. One that cannot be removed stays until the next
   * time: a run does not fail by having too much.
   */
  async dropOld(): Promise<void> {
    const checkpoints = await listCheckpoints(this.#files);
    const interruptions = new Set<number>();
    for (const { step, name } of checkpoints) {
      if (await this.#isInterruption(step, name)) interruptions.add(step);
    }
    const kept = keptSteps(
      checkpoints.map((each) => each.step),
      this.#training.keepCheckpoints,
      interruptions,
    );
    for (const { step, name } of checkpoints) {
      const isListed = this.#training.checkpointAt.includes(step);
      if (!kept.has(step) && !isListed) await this.#files.remove(name).catch(() => {});
    }
  }

  async handOver(environment: Environment, step: number): Promise<void> {
    const before = await readConfig(this.#files);
    const config = handedOver(before, environment, step);
    if (config === before) return;
    await this.#files.write(configName, configText(config));
  }

  async finish(summary: Summary): Promise<void> {
    if (summary.status !== "failed") await this.#files.check?.();
    await this.#files.write(summaryName, summaryText(summary));
  }

  /** Gives the files free. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#files.close();
  }

  /** Whether a checkpoint was written because the run was interrupted. */
  async #isInterruption(step: number, name: string): Promise<boolean> {
    const { checkpointEvery, checkpointAt } = this.#training;
    // These are written anyway; to look into each would take long if all are kept.
    if (checkpointEvery > 0 && step % checkpointEvery === 0) return false;
    if (checkpointAt.includes(step)) return false;
    const known = this.#interrupted.get(step);
    if (known !== undefined) return known;
    const bytes = await this.#files.read(name).catch(() => null);
    const found = bytes !== null && isInterruption(bytes);
    this.#interrupted.set(step, found);
    return found;
  }
}
