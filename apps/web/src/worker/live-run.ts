import type { Parameters } from "@grok/models";
import {
  type Checkpoint,
  createRunFiles,
  decodeCheckpoint,
  type Experiment,
  openRunFiles,
  type RunFiles,
  type RunStore,
  type Summary,
  train,
} from "@grok/train";
import { changeText, taskText } from "@grok/train/front-end";
import type { Library, RunLabel } from "../storage/library";
import type { BackendManager } from "./backend-manager";
import type { EventEmitter } from "./event-emitter";
import { extensionsHere } from "./extensions";
import { messageOf } from "./message";
import type { Observer } from "./observer";

/** Milliseconds between signs of life: what moves faster cannot be read, and each is drawn. */
const progressMs = 50;

/** How far a run is to go. */
export interface Limits {
  signal: AbortSignal;
  until: number | undefined;
}

/** A run that continues; `end` resolves when it has stopped. */
export interface Going {
  end: Promise<void>;
}

/** A run's files, locked for writing. */
interface OpenRun {
  store: RunStore & { close(): Promise<void> };
  files: RunFiles;
}

/** A run that is computed here; nothing is kept of it before its first step. */
export class LiveRun {
  readonly experiment: Experiment;
  /** Null before its first step. */
  label: RunLabel | null;
  /** The newest checkpoint, of the step where training stands while it does not run. */
  checkpoint: Checkpoint | null = null;
  readonly #emitter: EventEmitter;
  readonly #backends: BackendManager;
  readonly #observer: Observer;
  readonly #library: Promise<Library>;

  constructor(
    experiment: Experiment,
    label: RunLabel | null,
    page: {
      emitter: EventEmitter;
      backends: BackendManager;
      observer: Observer;
      library: Promise<Library>;
    },
  ) {
    this.experiment = experiment;
    this.label = label;
    this.#emitter = page.emitter;
    this.#backends = page.backends;
    this.#observer = page.observer;
    this.#library = page.library;
  }

  /** The step that training would continue from. */
  get step(): number {
    return this.checkpoint?.progress.step ?? 0;
  }

  /** Looks into the network where it stands. */
  look(): Promise<void> {
    return this.#observer.first(this.checkpoint);
  }

  /** Its files are gone: what follows is a run of its own. */
  forget(): void {
    this.label = null;
    this.checkpoint = null;
  }

  /**
   * Trains until it is stopped or done. Resolves when it has begun.
   *
   * @throws Error if the backend or the run's files cannot be had
   */
  async begin(limits: Limits): Promise<Going> {
    await this.#backends.readyFor(this.experiment);
    return { end: this.#train(await this.#openForWriting(), limits) };
  }

  /** Its files, new or at its last checkpoint, locked. */
  async #openForWriting(): Promise<OpenRun> {
    const library = await this.#library;
    const { environment } = this.#backends;
    await this.#backends.ready();
    const onFull = (error: unknown) => this.#emitter.emitStorageFull(error);
    if (this.label === null) {
      const [label, files] = await library.create(
        taskText(this.experiment, extensionsHere()),
        onFull,
      );
      const made = { ...this.experiment, backend: "auto" as const, ...environment };
      const store = await createRunFiles(files, made, extensionsHere());
      this.label = label;
      this.checkpoint = null;
      this.#emitter.emit({ type: "label", label });
      return { store, files };
    }
    const files = await library.write(this.label.id, onFull);
    try {
      const isUnbegun = (await files.read("metrics.jsonl")) === null;
      const { store, checkpoint, notices } = await openRunFiles(files, {
        ...extensionsHere(),
        environment,
        allowChanges: true,
      });
      // Of a branch without a checkpoint it was told that it begins at step 0.
      for (const text of isUnbegun ? [] : notices) this.#emitter.emit({ type: "notice", text });
      this.checkpoint = checkpoint;
      return { store, files };
    } catch (error) {
      await files.close();
      throw error;
    }
  }

  async #train({ store, files }: OpenRun, limits: Limits): Promise<void> {
    const { name: backend, threads } = await this.#backends.ready();
    const observer = this.#observer;
    const experiment = { ...this.experiment, backend, threads };
    const remembering: RunStore = {
      append: (record) => store.append(record),
      finish: (summary) => store.finish(summary),
      saveCheckpoint: async (step, bytes) => {
        this.checkpoint = await decodeCheckpoint(bytes);
        return store.saveCheckpoint(step, bytes);
      },
    };
    const { measured } = this.#backends;
    const options = {
      ...extensionsHere(),
      ...limits,
      ...(measured === undefined ? {} : { choice: measured }),
      store: remembering,
      environment: this.#backends.environment,
      threads,
      measure: async (parameters: Readonly<Parameters>, step: number) => {
        await observer.evaluated(parameters, step);
        return {};
      },
      // Only a graphics device can be lost; to be ready for it costs a copy of the weights from time to time.
      ...(backend === "webgpu" ? { recover: this.#backends.recovery() } : {}),
      progressMs,
    };
    let ended: Summary | undefined;
    this.#emitter.emit({ type: "status", status: "running" });
    try {
      await observer.keepIn(files);
      for await (const event of train(experiment, { ...options, resumeFrom: this.checkpoint })) {
        if (event.type === "end") ended = event.summary;
        else if (event.type === "change") {
          const what = changeText(event.change, extensionsHere());
          this.#emitter.emit({ type: "notice", text: `Changed at step ${event.step}: ${what}.` });
        } else if (event.type === "start") this.#emitter.emit({ type: "start", start: event });
        else if (event.type === "device-loss") {
          const { step, from, backend: next, reason } = event.loss;
          const text = `At step ${step} ${reason}. The run continues from step ${from}, on ${next}.`;
          this.#emitter.emit({ type: "notice", text });
        } else if (event.type !== "checkpoint") {
          if (event.type === "milestone") observer.wantNext();
          this.#emitter.emit(event);
        }
      }
    } catch (error) {
      this.#emitter.emit({ type: "error", text: messageOf(error) });
    } finally {
      await observer.keepIn(null);
      await store.close();
    }
    if (ended !== undefined) {
      this.#emitter.emit({ type: "summary", summary: ended });
      if (ended.status !== "failed") await observer.again(this.checkpoint);
      if (ended.error !== undefined) this.#emitter.emit({ type: "error", text: ended.error });
    }
    const status = { interrupted: "paused", failed: "failed" } as const;
    this.#emitter.emit({
      type: "status",
      status:
        ended === undefined ? "failed" : (status[ended.status as keyof typeof status] ?? "ended"),
    });
  }
}
