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
import { keptSteps, type Retention } from "./retention";
import type { RunStore } from "./store";
import { summaryText } from "./summary-file";

/** Writes a run into its files as it goes, until it is closed. */
export class FileStore implements RunStore {
  readonly #files: RunFiles;
  readonly #keep: Retention;
  readonly #metrics: MetricsLog;
  #isClosed = false;

  /**
   * @param keep which checkpoints to keep
   * @param metricsBytes of metrics.jsonl so far
   */
  constructor(files: RunFiles, keep: Retention, metricsBytes = 0) {
    this.#files = files;
    this.#metrics = new MetricsLog(files, metricsBytes);
    this.#keep = keep;
  }

  /** The folder's name, for messages. */
  get folder(): string {
    return this.#files.folder;
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
    await this.#files.write(name, bytes);
    await this.dropOld();
    return name;
  }

  /**
   * Removes the checkpoints that are not to be kept. One that cannot be removed stays until the next
   * time: a run does not fail by having too much.
   */
  async dropOld(): Promise<void> {
    const checkpoints = await listCheckpoints(this.#files);
    const kept = keptSteps(
      checkpoints.map((each) => each.step),
      this.#keep,
    );
    for (const { step, name } of checkpoints) {
      if (!kept.has(step)) await this.#files.remove(name).catch(() => {});
    }
  }

  async handOver(environment: Environment, step: number): Promise<void> {
    const before = await readConfig(this.#files);
    const config = handedOver(before, environment, step);
    if (config === before) return;
    await this.#files.write(configName, configText(config));
  }

  finish(summary: Summary): Promise<void> {
    return this.#files.write(summaryName, summaryText(summary));
  }

  /** Gives the files free. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#files.close();
  }
}
