import {
  type EvaluationRecord,
  type Experiment,
  experimentOf,
  loadDataFiles,
  readCheckpointFile,
  type Summary,
} from "@grok/train";
import { type ProxyMarked, proxy } from "comlink";
import type { NetworkView } from "../network/inspector";
import { Library, type RunLabel } from "../storage/library";
import { BackendManager } from "./backend-manager";
import { placeOf, planBranch, writeBranch } from "./branch";
import { describe } from "./describe";
import { EventEmitter } from "./event-emitter";
import { ExperimentService } from "./experiment-service";
import { unreadyFor } from "./extensions";
import { LiveRun } from "./live-run";
import { messageOf } from "./message";
import { NetworkQuestions } from "./network-questions";
import { Observer, type Question } from "./observer";
import type {
  BackendRequest,
  BranchPlace,
  BranchPlan,
  BranchRequest,
  Opened,
  ParentRun,
  Told,
} from "./protocol";
import { RecordedRun } from "./recorded-run";
import { loadRecording, type Recording } from "./recording";
import { RunLibraryService } from "./run-library-service";
import { ServedLibrary } from "./served-library";
import { readStoredRun } from "./stored-run";
import { readViews } from "./view-log";
import { Views } from "./views";

/**
 * The page's trainer: one experiment or run at a time, on a worker's thread. Commands may come at
 * any time; they take effect one after the other, between two steps.
 */
export class TrainingSession {
  readonly #emitter = new EventEmitter();
  readonly #backends = new BackendManager(this.#emitter);
  readonly #observer = new Observer(this.#emitter);
  readonly #library: Promise<Library>;
  /** The runs that are kept. */
  readonly library: RunLibraryService & ProxyMarked;
  /** What experiments there can be. */
  readonly experiments: ExperimentService & ProxyMarked;
  /** Questions to the network of the run. */
  readonly network: NetworkQuestions & ProxyMarked;
  /** The runs of the page's server. */
  readonly served: ServedLibrary & ProxyMarked;
  #run: LiveRun | RecordedRun | undefined;
  /** What is kept of the inside of the run that the one that is shown was branched from. */
  #parentViews = new Views();
  #stop: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();
  #queue: Promise<unknown> = Promise.resolve();

  constructor(library: Promise<Library> = Library.open()) {
    this.#library = library;
    this.library = proxy(
      new RunLibraryService(library, (error) => this.#emitter.emitStorageFull(error)),
    );
    this.experiments = proxy(new ExperimentService(library, this.#backends));
    this.network = proxy(new NetworkQuestions((question) => this.#ask(question)));
    this.served = proxy(new ServedLibrary((name, files) => this.library.import(name, files)));
  }

  /** Starts the backend early; a failure surfaces in the first command that needs it. */
  warm(): void {
    this.#next(() => this.#backends.ready()).catch(() => {});
  }

  /** Who hears what happens; there is one. */
  listen(listener: (told: Told) => void): void {
    this.#emitter.listen(listener);
    this.#backends.announce();
  }

  /** Makes ready for an experiment; nothing is kept of it before its first step. */
  configure(experiment: Experiment): Promise<Opened> {
    return this.#next(async () => {
      await this.#halt();
      this.#show(this.#live(experiment));
      return this.#opened([], null, []);
    });
  }

  /** Makes ready to show a recorded run, whose file is at an address. */
  openRecording(address: string): Promise<Opened> {
    return this.#next(async () => {
      const recording = await loadRecording(address);
      await this.#halt();
      this.#show(this.#recorded(recording));
      return this.#opened([], null, []);
    });
  }

  /** Shows a run of the library, from where it can continue. */
  open(id: string): Promise<Opened> {
    return this.#next(async () => {
      await this.#halt();
      const library = await this.#library;
      const files = await library.read(id);
      const run = await readStoredRun(files);
      const experiment = experimentOf(run.config);
      const unready = unreadyFor(experiment);
      if (unready !== null) throw new Error(unready);
      await loadDataFiles(files, experiment);
      const label = (await library.list()).find((each) => each.id === id) ?? null;
      const live = this.#live(experiment, label);
      this.#show(live);
      await readViews(files, this.#observer.views);
      const notices = [...run.notices];
      for (const { name } of run.checkpoints.reverse()) {
        try {
          live.checkpoint = await readCheckpointFile(files, name);
          break;
        } catch (error) {
          notices.push(messageOf(error));
        }
      }
      this.#parentViews = new Views();
      const parent = await this.library.parentOf(id, run, this.#parentViews);
      return this.#opened(run.records, run.summary, notices, parent);
    });
  }

  /** What a branch of a run can change at a step. */
  async branchPlace(id: string, at: number): Promise<BranchPlace> {
    return placeOf(await (await this.#library).read(id), at);
  }

  /** What would come of a branch; nothing is changed. */
  async planBranch(request: BranchRequest): Promise<BranchPlan> {
    const files = await (await this.#library).read(request.id);
    const plan = await planBranch(files, request);
    return plan.ok ? { ok: true, text: plan.text, notices: plan.notices } : plan;
  }

  /**
   * Makes a run that is another one up to a step and has other settings from there on. What trains is
   * paused first, so that the branch can begin where it stands. The id of the new run, or why there
   * is none.
   */
  branch(request: BranchRequest): Promise<{ ok: true; id: string } | (BranchPlan & { ok: false })> {
    return this.#next(async () => {
      const library = await this.#library;
      const files = await library.read(request.id);
      const first = await planBranch(files, request);
      if (!first.ok) return first;
      await this.#halt();
      const plan = await planBranch(await library.read(request.id), request);
      if (!plan.ok) return plan;
      const parent = (await library.list()).find(({ id }) => id === request.id) as RunLabel;
      const onFull = (error: unknown) => this.#emitter.emitStorageFull(error);
      const label = await writeBranch(library, parent, plan.prepared, onFull);
      for (const text of plan.notices) this.#emitter.emit({ type: "notice", text });
      return { ok: true as const, id: label.id };
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
      await this.#begin((this.#run?.step ?? 0) + 1);
      await this.#running;
    });
  }

  /** Goes back to the first step of the same experiment; the run so far stays in the library. */
  async reset(): Promise<Opened | null> {
    const run = this.#run;
    if (run === undefined) return null;
    return this.#next(async () => {
      await this.#halt();
      this.#show(
        run instanceof LiveRun ? this.#live(run.experiment) : this.#recorded(run.recording),
      );
      return this.#opened([], null, []);
    });
  }

  /**
   * Computes on another backend from here on. A run in progress continues from the same step, weights
   * and optimizer state.
   */
  useBackend(request: BackendRequest): Promise<void> {
    return this.#next(async () => {
      const wasRunning = this.#stop !== undefined;
      await this.#halt();
      await this.#backends.use(request);
      if (wasRunning) await this.#begin();
    });
  }

  /**
   * The inside of the network at a past evaluation.
   *
   * @param ofParent whether of the run that the one that is shown was branched from
   */
  viewAt(step: number, ofParent = false): NetworkView | null {
    return (ofParent ? this.#parentViews : this.#observer.views).at(step);
  }

  /** The input that views look into from now on. */
  select(a: number, b: number): void {
    this.#observer.select({ a, b });
  }

  async rename(id: string, name: string): Promise<void> {
    await (await this.#library).rename(id, name);
    if (this.#run?.label?.id === id) this.#run.label.name = name;
  }

  /** Removes a run for good; the one that is shown is left first. */
  remove(id: string): Promise<void> {
    return this.#next(async () => {
      if (this.#run instanceof LiveRun && this.#run.label?.id === id) {
        await this.#halt();
        this.#run.forget();
      }
      await (await this.#library).remove(id);
    });
  }

  /** Lets commands take effect one after the other. */
  #next<T>(command: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(command);
    this.#queue = result.catch(() => {});
    return result;
  }

  #live(experiment: Experiment, label: RunLabel | null = null): LiveRun {
    return new LiveRun(experiment, label, {
      emitter: this.#emitter,
      backends: this.#backends,
      observer: this.#observer,
      library: this.#library,
    });
  }

  #recorded(recording: Recording): RecordedRun {
    return new RecordedRun(recording, { emitter: this.#emitter, views: this.#observer.views });
  }

  #show(run: LiveRun | RecordedRun): void {
    this.#emitter.turn();
    this.#observer.turnTo(run.experiment);
    this.#run = run;
  }

  async #opened(
    records: EvaluationRecord[],
    summary: Summary | null,
    notices: string[],
    parent: ParentRun | null = null,
  ): Promise<Opened> {
    await this.#backends.ready();
    const run = this.#run as LiveRun | RecordedRun;
    const { views, scenes } = this.#observer;
    // Views of what followed the checkpoint stay until training has come there again.
    if ((views.last?.step ?? -1) < run.step) await run.look();
    return {
      ...describe(run.experiment),
      generation: this.#emitter.generation,
      label: run.label,
      recorded: run instanceof RecordedRun ? run.recording.origin : null,
      records,
      summary,
      step: run.step,
      scenes,
      traces: views.traces,
      view: views.last,
      parent,
      notices,
    };
  }

  /** Ends training, if it runs, and waits for its checkpoint. */
  async #halt(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
  }

  async #begin(until?: number): Promise<void> {
    if (this.#stop !== undefined || this.#run === undefined) return;
    this.#emitter.emit({ type: "status", status: "starting" });
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const going = await this.#run.begin({ signal: stop.signal, until });
      this.#running = going.end.finally(() => {
        this.#stop = undefined;
      });
    } catch (error) {
      this.#stop = undefined;
      this.#emitter.emit({ type: "error", text: messageOf(error) });
      this.#emitter.emit({ type: "status", status: "paused" });
    }
  }

  #ask<T>(question: Question<T>): Promise<T> {
    const run = this.#run;
    if (!(run instanceof LiveRun)) {
      return Promise.reject(new Error("A recorded run has no weights that could be asked."));
    }
    if (this.#stop !== undefined) return this.#observer.askLater(question);
    const { checkpoint } = run;
    return this.#next(async () => {
      await this.#backends.ready();
      return this.#observer.askOf(checkpoint, question);
    });
  }
}
