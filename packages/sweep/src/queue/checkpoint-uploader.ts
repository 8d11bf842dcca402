import type { Summary } from "@grok/train";
import { type FileTransport, type Holding, sizeOf } from "./file-transport";
import type { FileChange } from "./ledger";
import { listCheckpoints, readFiles } from "./run-files";

/** Settings of a {@link CheckpointUploader}. */
export interface CheckpointUploaderOptions {
  transport: FileTransport;
  holding: Holding;
  folder: string;
  /** Names of files that are stored already. */
  stored: readonly string[];
  /** Bytes of a run's files that may be stored; checkpoints beyond them are not. */
  maxBytes: number;
  /** Milliseconds between checkpoints that are stored. */
  every: number;
  /** Is called once the run turns out to be another's. */
  onLost: () => void;
  /** Is told in a sentence why a checkpoint was not stored. */
  onTrouble: (error: Error) => void;
}

/** Keeps the store's copy of a run's files like those in its folder, one change at a time. */
export class CheckpointUploader {
  readonly #options: CheckpointUploaderOptions;
  readonly #stored: Set<string>;
  #last = 0;
  #step = -1;
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: CheckpointUploaderOptions) {
    this.#options = options;
    this.#stored = new Set(options.stored);
  }

  /** The run has a new checkpoint: it is stored, now or as soon as it is time. */
  touch(): void {
    if (this.#isClosed || this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + this.#options.every - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush().catch(this.#options.onTrouble);
    }, wait);
  }

  /** Stores the newest checkpoint, unless it is stored. */
  flush(): Promise<void> {
    this.#busy = this.#busy.catch(() => {}).then(() => this.#advance());
    return this.#busy;
  }

  /** Stores the result; false if the run is another's. */
  async commit(
    state: "done" | "failed",
    summary: Summary | null,
    error: string | null,
  ): Promise<boolean> {
    await this.close();
    const { change } = await this.#change(["summary.json"]);
    return this.#options.transport.commit(this.#options.holding, {
      state,
      summary,
      error,
      ...change,
    });
  }

  /** Ends it; what is on its way arrives first. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#busy.catch(() => {});
  }

  async #advance(): Promise<void> {
    const { transport, holding, onLost } = this.#options;
    const { change, step } = await this.#change([]);
    if (step === this.#step || change.keep.length === 0) return;
    this.#last = Date.now();
    if (!(await transport.advance(holding, step, change))) {
      this.#isClosed = true;
      onLost();
      return;
    }
    this.#step = step;
    for (const name of change.files.keys()) this.#stored.add(name);
  }

  /** What the store lacks. */
  async #change(more: readonly string[]): Promise<{ change: FileChange; step: number }> {
    const { folder, maxBytes } = this.#options;
    for (;;) {
      const checkpoints = await listCheckpoints(folder);
      const isNew = (name: string) => !this.#stored.has(name);
      const wanted = checkpoints.map(({ name }) => name).filter(isNew);
      const files = await readFiles(folder, [
        ...["config.json"].filter(isNew),
        "metrics.jsonl",
        ...wanted,
        ...more,
      ]);
      // The run continues meanwhile, and drops checkpoints that are old.
      if (wanted.some((name) => !files.has(name))) continue;
      const step = checkpoints.at(-1)?.step ?? -1;
      const change = { files, keep: checkpoints.map(({ name }) => name) };
      const bytes = sizeOf(files);
      if (bytes <= maxBytes) return { change, step };
      this.#options.onTrouble(new RangeError(tooLarge(bytes, maxBytes)));
      for (const name of wanted) files.delete(name);
      return {
        change: { files, keep: change.keep.filter((name) => !isNew(name)) },
        step: this.#step,
      };
    }
  }
}

function tooLarge(bytes: number, maxBytes: number): string {
  const mebibytes = (count: number) => (count / 2 ** 20).toFixed(1);
  return `The run's checkpoints have ${mebibytes(bytes)} MiB, and ${mebibytes(maxBytes)} MiB may go through the queue: they stay on this machine. --shared-dir has no such limit.`;
}
