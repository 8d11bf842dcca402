import type { RunFiles } from "./files";
import { checkpointName, metricsName, summaryName } from "./names";
import { listCheckpoints } from "./read";
import type { EvaluationRecord, Summary } from "./record";
import type { RunStore } from "./store";

/** Writes a run into its files as it goes, until it is closed. */
export class FileStore implements RunStore {
  readonly #files: RunFiles;
  readonly #keep: number | "all";
  #isClosed = false;

  /** @param keep how many of the newest checkpoints to keep, or `all` */
  constructor(files: RunFiles, keep: number | "all") {
    this.#files = files;
    this.#keep = keep;
  }

  /** The folder's name, for messages. */
  get folder(): string {
    return this.#files.folder;
  }

  append(record: EvaluationRecord): Promise<void> {
    return this.#files.append(metricsName, `${JSON.stringify(record)}\n`);
  }

  async saveCheckpoint(step: number, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const name = checkpointName(step);
    await this.#files.write(name, bytes);
    if (this.#keep !== "all") {
      const checkpoints = await listCheckpoints(this.#files);
      for (const old of checkpoints.slice(0, -this.#keep)) await this.#files.remove(old.name);
    }
    return name;
  }

  finish(summary: Summary): Promise<void> {
    return this.#files.write(summaryName, `${JSON.stringify(summary, null, 2)}\n`);
  }

  /** Gives the files free. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#files.close();
  }
}
