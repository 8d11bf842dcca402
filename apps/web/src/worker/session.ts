import { arithmetic, type BackendChoice, listBackends } from "@grok/backend";
import { initialise, type Parameters } from "@grok/models";
import {
  type Checkpoint,
  createRunFiles,
  decodeCheckpoint,
  type Environment,
  type EvaluationRecord,
  type Experiment,
  experimentOf,
  experimentOfLink,
  flagLimits,
  flags,
  listPresets,
  modelOf,
  openRunFiles,
  packRun,
  type RunFiles,
  type RunStore,
  readCheckpointFile,
  readRunFiles,
  type Summary,
  taskText,
  train,
} from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import { transfer } from "comlink";
import { createLooker, type Looker, type NetworkView, type PairLook } from "../network/look";
import { Library, type RunLabel } from "../storage/library";
import { startBackend } from "./backend";
import { describe } from "./describe";
import { importRun } from "./import-run";
import { messageOf } from "./message";
import type {
  BackendRequest,
  Imported,
  Offer,
  Opened,
  Resolved,
  RunEntry,
  ServedEntry,
  SessionEvent,
  Told,
} from "./protocol";
import { resolveFlags } from "./resolve";
import { ServedRuns } from "./served-runs";
import { appendView, readViews, rewriteViews } from "./view-log";
import { Views } from "./views";

/** Milliseconds between signs of life: no more than a frame needs. */
const progressMs = 16;

/** A run's files, locked for writing. */
interface OpenRun {
  store: RunStore & { close(): Promise<void> };
  files: RunFiles;
}

/** A question about the network's weights that waits for them. */
interface Ask {
  answer: (parameters: Readonly<Parameters>, step: number) => Promise<void>;
  fail: (error: unknown) => void;
}

/**
 * The page's trainer: one experiment or run at a time, on a worker's thread. Commands may come at
 * any time; they take effect one after the other, between two steps.
 */
export class TrainingSession {
  readonly #library: Promise<Library>;
  #served: ServedRuns | undefined;
  #listener: (told: Told) => void = () => {};
  #course = 0;
  #backendRequest: BackendRequest = { name: "auto", threads: null };
  #backend: BackendChoice | undefined;
  /** What computes on it, as runs and their checkpoints name it. */
  #environment: Environment | undefined;
  #experiment: Experiment | undefined;
  #label: RunLabel | null = null;
  /** The newest checkpoint, of the step where training stands while it does not run. */
  #checkpoint: Checkpoint | null = null;
  #looker: Looker | undefined;
  /** The input that views look into. */
  #pair: { a: number; b: number } | null = null;
  #views = new Views();
  /** Where views are kept while the run is open for writing, and those that wait for that. */
  #viewFiles: RunFiles | null = null;
  #unwritten: NetworkView[] = [];
  #asks: Ask[] = [];
  #stop: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(library: Promise<Library> = Library.open()) {
    this.#library = library;
  }

  /** Who hears what happens; there is one. */
  listen(listener: (told: Told) => void): void {
    this.#listener = listener;
  }

  async offer(): Promise<Offer> {
    return {
      isIsolated: crossOriginIsolated,
      cores: navigator.hardwareConcurrency,
      backends: listBackends(),
      presets: listPresets(),
      flags: flags
        .filter(({ path }) => path !== null)
        .map((flag) => ({ ...flag, limits: flagLimits(flag) })),
      storageProblem: (await this.#library).problem,
    };
  }

  /** See {@link resolveFlags}. */
  resolve(preset: string, given: Record<string, string>, changed: string | null): Resolved {
    return resolveFlags(preset, given, changed);
  }

  /** The experiment that a link gives, or why there is none. */
  follow(link: string): Resolved {
    try {
      return { ok: true, dropped: [], ...describe(experimentOfLink(link)) };
    } catch (error) {
      return { ok: false, error: messageOf(error) };
    }
  }

  /** Makes ready for an experiment; nothing is kept of it before its first step. */
  configure(experiment: Experiment): Promise<Opened> {
    return this.#next(async () => {
      await this.#halt();
      this.#show(experiment, null);
      this.#checkpoint = null;
      return this.#opened([], null, []);
    });
  }

  /** Shows a run of the library, from where it can go on. */
  open(id: string): Promise<Opened> {
    return this.#next(async () => {
      await this.#halt();
      const library = await this.#library;
      const files = await library.read(id);
      const run = await readRunFiles(files);
      const label = (await library.list()).find((each) => each.id === id) ?? null;
      this.#show(experimentOf(run.config), label);
      this.#checkpoint = null;
      await readViews(files, this.#views);
      const notices = [...run.notices];
      for (const { name } of run.checkpoints.reverse()) {
        try {
          this.#checkpoint = await readCheckpointFile(files, name);
          break;
        } catch (error) {
          notices.push(messageOf(error));
        }
      }
      return this.#opened(run.records, run.summary, notices);
    });
  }

  /** Trains, until paused or done. Resolves when it has begun. */
  start(): Promise<void> {
    return this.#next(() => this.#begin());
  }

  /** Ends training with a checkpoint of the very step. */
  pause(): Promise<void> {
    return this.#next(() => this.#halt());
  }

  /** Makes one step. */
  step(): Promise<void> {
    return this.#next(async () => {
      await this.#halt();
      await this.#begin((this.#checkpoint?.progress.step ?? 0) + 1);
      await this.#running;
    });
  }

  /** Goes back to the first step of the same experiment; the run so far stays in the library. */
  async reset(): Promise<Opened | null> {
    return this.#experiment === undefined ? null : this.configure(this.#experiment);
  }

  /**
   * Computes on another backend from here on. A run in progress goes on from the same step, weights
   * and optimizer state.
   */
  useBackend(request: BackendRequest): Promise<void> {
    return this.#next(async () => {
      const wasRunning = this.#stop !== undefined;
      await this.#halt();
      const before = this.#backendRequest;
      this.#backendRequest = request;
      try {
        await this.#startBackend();
      } catch (error) {
        this.#backendRequest = before;
        await this.#startBackend();
        this.#tell({ type: "error", text: messageOf(error) });
      }
      if (wasRunning) await this.#begin();
    });
  }

  /** The inside of the network at a past evaluation. */
  viewAt(step: number): NetworkView | null {
    return this.#views.at(step);
  }

  /** The input that views look into from now on. */
  select(a: number, b: number): void {
    this.#pair = { a, b };
    this.#looker?.select(this.#pair);
  }

  /** The logits and the attention of one input, with the newest weights that can be had. */
  at(a: number, b: number): Promise<PairLook> {
    return this.#ask((looker, parameters, step) => looker.at(parameters, { step, a, b }));
  }

  /** Measures that views leave out for their cost, with the newest weights that can be had. */
  measure(names: string[]): Promise<Record<string, number | null>> {
    return this.#ask((looker, parameters) => looker.measure(parameters, names));
  }

  /** The runs that are kept. */
  async runs(): Promise<RunEntry[]> {
    const library = await this.#library;
    const labels = await library.list();
    return Promise.all(
      labels.map(async (label): Promise<RunEntry> => {
        try {
          const { config, records, summary, checkpoints } = await readRunFiles(
            await library.read(label.id),
          );
          const experiment = experimentOf(config);
          const step = Math.max(records.at(-1)?.step ?? 0, checkpoints.at(-1)?.step ?? 0);
          const run = { ...describe(experiment), records: records.length, step };
          return { ...label, run, summary, problem: null };
        } catch (error) {
          return { ...label, run: null, summary: null, problem: messageOf(error) };
        }
      }),
    );
  }

  /** A run's evaluations. */
  async records(id: string): Promise<EvaluationRecord[]> {
    return (await readRunFiles(await (await this.#library).read(id))).records;
  }

  async rename(id: string, name: string): Promise<void> {
    await (await this.#library).rename(id, name);
    if (this.#label?.id === id) this.#label = { ...this.#label, name };
  }

  /** Removes a run for good; the one that is shown is left first. */
  remove(id: string): Promise<void> {
    return this.#next(async () => {
      if (this.#label?.id === id) {
        await this.#halt();
        this.#label = null;
        this.#checkpoint = null;
      }
      await (await this.#library).remove(id);
    });
  }

  /** Brings in a run from a ZIP archive, or from a folder's files by their names. */
  async import(
    name: string,
    source: Uint8Array<ArrayBuffer> | ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  ): Promise<Imported> {
    try {
      const full = (error: unknown) => this.#tellFull(error);
      return { ok: true, ...(await importRun(await this.#library, name, source, full)) };
    } catch (error) {
      return { ok: false, error: `${name} cannot be opened: ${messageOf(error)}` };
    }
  }

  /** The runs that the page's server has below an address; null where nothing has changed. */
  servedRuns(base: string): Promise<ServedEntry[] | null> {
    return this.#servedAt(base).list();
  }

  /** The evaluations of a run of the page's server. */
  servedRecords(base: string, name: string): Promise<EvaluationRecord[]> {
    return this.#servedAt(base).records(name);
  }

  /** Brings a copy of a run of the page's server into the library. */
  async importServed(base: string, name: string): Promise<Imported> {
    try {
      return await this.import(name, await this.#servedAt(base).copy(name));
    } catch (error) {
      return { ok: false, error: `${name} cannot be copied: ${messageOf(error)}` };
    }
  }

  /** A run's folder as a ZIP archive. */
  async export(id: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = packRun(await (await this.#library).files(id));
    return transfer(bytes, [bytes.buffer]);
  }

  #servedAt(base: string): ServedRuns {
    this.#served ??= new ServedRuns(base);
    return this.#served;
  }

  /** Lets commands take effect one after the other. */
  #next<T>(command: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(command);
    this.#queue = result.catch(() => {});
    return result;
  }

  #tell(event: SessionEvent): void {
    this.#listener({ course: this.#course, event });
  }

  #show(experiment: Experiment, label: RunLabel | null): void {
    this.#course++;
    this.#looker?.dispose();
    this.#looker = undefined;
    this.#views.clear();
    this.#unwritten = [];
    this.#experiment = experiment;
    this.#label = label;
  }

  async #opened(
    records: EvaluationRecord[],
    summary: Summary | null,
    notices: string[],
  ): Promise<Opened> {
    const experiment = this.#experiment as Experiment;
    await this.#ready();
    const looker = this.#lookerOf();
    const step = this.#checkpoint?.progress.step ?? 0;
    // Views of what followed the checkpoint stay until training has come there again.
    if ((this.#views.last?.step ?? -1) < step) {
      await this.#withParameters(async (parameters) => {
        await this.#keepView(await looker.look(parameters, step));
      });
    }
    return {
      ...describe(experiment),
      course: this.#course,
      label: this.#label,
      records,
      summary,
      step,
      scene: looker.scene,
      viewSteps: this.#views.steps,
      traces: this.#views.traces,
      view: this.#views.last,
      notices,
    };
  }

  #lookerOf(): Looker {
    if (this.#looker === undefined) {
      this.#looker = createLooker(this.#experiment as Experiment);
      this.#looker.select(this.#pair);
    }
    return this.#looker;
  }

  async #ready(): Promise<BackendChoice> {
    return this.#backend ?? (await this.#startBackend());
  }

  async #startBackend(): Promise<BackendChoice> {
    this.#backend = undefined;
    const backend = await startBackend(this.#backendRequest);
    this.#environment = {
      backend: backend.name,
      arithmetic: await arithmetic(),
      versions: { browser: navigator.userAgent },
    };
    this.#backend = backend;
    this.#tell({ type: "backend", backend });
    return backend;
  }

  /** Ends training, if it runs, and waits for its checkpoint. */
  async #halt(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
  }

  async #begin(until?: number): Promise<void> {
    if (this.#stop !== undefined || this.#experiment === undefined) return;
    this.#tell({ type: "status", status: "starting" });
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const backend = await this.#ready();
      const opened = await this.#openForWriting();
      this.#running = this.#train(backend, opened, { signal: stop.signal, until }).finally(() => {
        this.#stop = undefined;
      });
    } catch (error) {
      this.#stop = undefined;
      this.#tell({ type: "error", text: messageOf(error) });
      this.#tell({ type: "status", status: "paused" });
    }
  }

  /** The run's files, new or at its last checkpoint, locked. */
  async #openForWriting(): Promise<OpenRun> {
    const library = await this.#library;
    const onFull = (error: unknown) => this.#tellFull(error);
    const experiment = this.#experiment as Experiment;
    const environment = this.#environment as Environment;
    if (this.#label === null) {
      const [label, files] = await library.create(taskText(experiment), onFull);
      const { backend: _, ...made } = environment;
      const store = await createRunFiles(files, { ...experiment, backend: "auto", ...made });
      this.#label = label;
      this.#checkpoint = null;
      this.#tell({ type: "label", label });
      return { store, files };
    }
    const files = await library.write(this.#label.id, onFull);
    try {
      const { store, checkpoint, notices } = await openRunFiles(files, {
        environment,
        allowChanges: true,
      });
      for (const text of notices) this.#tell({ type: "notice", text });
      this.#checkpoint = checkpoint;
      return { store, files };
    } catch (error) {
      await files.close();
      throw error;
    }
  }

  #tellFull(error: unknown): void {
    this.#tell({
      type: "notice",
      text: `The browser's storage takes no more (${messageOf(error)}). The run goes on, but what follows is lost when the page is closed: export it, or delete runs.`,
    });
  }

  async #train(
    { name: backend, threads }: BackendChoice,
    { store, files }: OpenRun,
    limits: { signal: AbortSignal; until: number | undefined },
  ): Promise<void> {
    const experiment = { ...(this.#experiment as Experiment), backend, threads };
    const looker = this.#lookerOf();
    const remembering: RunStore = {
      append: (record) => store.append(record),
      finish: (summary) => store.finish(summary),
      saveCheckpoint: async (step, bytes) => {
        this.#checkpoint = await decodeCheckpoint(bytes);
        return store.saveCheckpoint(step, bytes);
      },
    };
    const measure = async (parameters: Readonly<Parameters>, step: number) => {
      await this.#look(looker, parameters, step, looker.isDue(step));
      return {};
    };
    const { until, signal } = limits;
    const environment = this.#environment as Environment;
    const options = {
      store: remembering,
      environment,
      signal,
      until,
      threads,
      measure,
      progressMs,
    };
    let ended: Summary | undefined;
    this.#tell({ type: "status", status: "running" });
    try {
      for (const view of this.#unwritten.splice(0)) await appendView(files, view);
      this.#viewFiles = files;
      for await (const event of train(experiment, { ...options, resumeFrom: this.#checkpoint })) {
        if (event.type === "end") ended = event.summary;
        else if (event.type === "start") this.#tell({ type: "start", start: event });
        else if (event.type !== "checkpoint") this.#tell(event);
      }
    } catch (error) {
      this.#tell({ type: "error", text: messageOf(error) });
    } finally {
      this.#viewFiles = null;
      await store.close();
    }
    if (ended !== undefined) {
      this.#tell({ type: "summary", summary: ended });
      if (ended.status !== "failed") await this.#lookAgain(looker);
      if (ended.error !== undefined) this.#tell({ type: "error", text: ended.error });
    }
    const status = { interrupted: "paused", failed: "failed" } as const;
    this.#tell({
      type: "status",
      status:
        ended === undefined ? "failed" : (status[ended.status as keyof typeof status] ?? "ended"),
    });
  }

  /** Makes a view and answers what was asked; training goes on where that fails. */
  async #look(
    looker: Looker,
    parameters: Readonly<Parameters>,
    step: number,
    isDue: boolean,
  ): Promise<void> {
    try {
      if (isDue) {
        const view = await looker.look(parameters, step);
        await this.#keepView(view);
        this.#tell({ type: "view", view, viewSteps: this.#views.steps });
      }
    } catch (error) {
      this.#tell({ type: "notice", text: `The panels could not be drawn: ${messageOf(error)}` });
    }
    for (const { answer, fail } of this.#asks.splice(0)) await answer(parameters, step).catch(fail);
  }

  async #keepView(view: NetworkView): Promise<void> {
    const isThinned = this.#views.add(view);
    if (this.#viewFiles === null) this.#unwritten.push(view);
    else if (isThinned) await rewriteViews(this.#viewFiles, this.#views);
    else await appendView(this.#viewFiles, view);
  }

  /** A view of where training stands now, between two evaluations. */
  async #lookAgain(looker: Looker): Promise<void> {
    const step = this.#checkpoint?.progress.step ?? 0;
    const isNew = this.#views.last?.step !== step;
    if (!isNew && this.#asks.length === 0) return;
    await this.#withParameters((parameters) => this.#look(looker, parameters, step, isNew));
  }

  /** Calls with the weights at the checkpoint, or those before the first step. */
  async #withParameters<T>(use: (parameters: Readonly<Parameters>) => Promise<T>): Promise<T> {
    const experiment = this.#experiment as Experiment;
    let parameters: Parameters = {};
    if (this.#checkpoint === null) {
      parameters = initialise(modelOf(experiment), experiment.seed);
    } else {
      for (const [name, { shape, data }] of this.#checkpoint.parameters) {
        parameters[name] = tf.keep(tf.tensor(data.slice(), [...shape], "float32"));
      }
    }
    try {
      return await use(parameters);
    } finally {
      tf.dispose(parameters);
    }
  }

  #ask<T>(
    question: (looker: Looker, parameters: Readonly<Parameters>, step: number) => Promise<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const ask: Ask = {
        answer: async (parameters, step) => {
          resolve(await question(this.#lookerOf(), parameters, step));
        },
        fail: reject,
      };
      if (this.#stop !== undefined) {
        this.#asks.push(ask);
        return;
      }
      const step = this.#checkpoint?.progress.step ?? 0;
      this.#next(async () => {
        if (this.#experiment === undefined) throw new Error("There is no network yet.");
        await this.#ready();
        await this.#withParameters((parameters) => ask.answer(parameters, step));
      }).catch(reject);
    });
  }
}
