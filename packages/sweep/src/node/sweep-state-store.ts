import { join } from "node:path";
import type { EvaluationRecord, Summary } from "@grok/train";
import { makeFolder, writeFileAtomic } from "@grok/train/node";
import type { SweepPlan } from "../plan/sweep-plan";
import type { SweepRun } from "../run/sweep-run";
import type { SweepOptions } from "../spec/sweep-options";
import { type RunState, type SweepState, waitingRun } from "../state/sweep-state";
import { readFinal } from "./read-finals";
import type { RunEvent } from "./runner-message";
import { stateName } from "./sweep-folder";

/** Milliseconds between two writings of sweep.json while runs continue, at least. */
const interval = 1_000;

/** What a book is opened with. */
export type SweepStateOptions = Pick<SweepState, "title" | "spec" | "axes"> &
  Pick<SweepPlan, "missing"> &
  SweepOptions;

/**
 * Keeps the state of every run of a sweep, in memory and in sweep.json. The file may be late by a
 * second, or by twenty times as long as it takes to write: what a crash loses of it is in the runs'
 * own folders.
 */
export class SweepStateStore {
  readonly #folder: string;
  readonly #options: Omit<SweepStateOptions, "extensions" | "missing">;
  readonly #missing: NonNullable<SweepPlan["missing"]>;
  readonly #extensions: SweepOptions["extensions"];
  readonly #mayWrite: () => Promise<void>;
  readonly #states = new Map<string, RunState>();
  #nextWrite = 0;
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param mayWrite is asked before each writing of sweep.json, which what it throws prevents */
  constructor(
    folder: string,
    { extensions, missing = () => [], ...options }: SweepStateOptions,
    mayWrite = async (): Promise<void> => {},
  ) {
    this.#mayWrite = mayWrite;
    this.#folder = folder;
    this.#extensions = extensions;
    this.#missing = missing;
    this.#options = options;
  }

  /** Adds a run that the sweep has, if it is not in the book yet. */
  add(run: SweepRun): RunState {
    const known = this.#states.get(run.name);
    if (known !== undefined) return known;
    const state = waitingRun(run, this.#options.axes, { extensions: this.#extensions });
    this.#states.set(run.name, state);
    return state;
  }

  /** How a run stands. Throws a `RangeError` where it is not in the book. */
  of(name: string): RunState {
    const state = this.#states.get(name);
    if (state === undefined) throw new RangeError(`The sweep has no run ${name}.`);
    return state;
  }

  /** Every run, in the order in which they came. */
  get runs(): RunState[] {
    return [...this.#states.values()];
  }

  /** Everything, as sweep.json has it. */
  get state(): SweepState {
    const updated = new Date().toISOString();
    const missing = this.#missing(this.runs);
    return {
      format: "grok-sweep-1",
      ...this.#options,
      updated,
      runs: this.runs,
      ...(missing.length === 0 ? {} : { missing }),
    };
  }

  /** Takes note of what a run tells of itself. */
  onEvent(name: string, event: RunEvent): void {
    const state = this.of(name);
    switch (event.type) {
      case "start":
        Object.assign(state, { state: "running", step: event.step, steps: event.steps });
        state.arithmetic = `${event.backend}, ${event.arithmetic}`;
        delete state.error;
        delete state.stopped;
        break;
      case "progress":
        state.step = event.step;
        break;
      case "evaluation":
        this.#evaluated(state, event.record);
        break;
      case "milestone":
        state[event.name] = event.step;
    }
    this.#written();
  }

  /** Takes note of how far a run is that continues elsewhere. */
  markRunning(name: string, step: number, steps: number): void {
    const state = this.of(name);
    Object.assign(state, { state: "running", step, steps });
    delete state.error;
    this.#written();
  }

  /** Takes note of how a run ended. */
  ended(
    name: string,
    summary: Summary,
    more: Pick<RunState, "stopped" | "reused" | "arithmetic"> = {},
  ): void {
    const state = this.of(name);
    const { status, steps, t_mem, t_grok, best_val_acc, elapsed_sec } = summary;
    const { t_ungrok, best_val_loss, error } = summary;
    const isStopped = more.stopped !== undefined && status === "interrupted";
    Object.assign(state, { state: isStopped ? "stopped" : status, step: steps });
    Object.assign(state, { t_mem, t_grok, best_val_acc, elapsed_sec });
    if (t_ungrok !== undefined) state.t_ungrok = t_ungrok;
    if (best_val_loss !== undefined) state.best_val_loss = best_val_loss;
    if (error !== undefined) state.error = error;
    if (isStopped) state.stopped = more.stopped;
    if (more.reused !== undefined) state.reused = more.reused;
    if (more.arithmetic !== undefined) state.arithmetic = more.arithmetic;
    this.#written();
  }

  /**
   * Takes note of the last evaluation that a run's folder has, of a run that was done elsewhere: another
   * sweep, another machine, or an earlier process.
   */
  async readLast(name: string): Promise<void> {
    const state = this.of(name);
    const record = await readFinal(this.#folder, name);
    if (record === null) return;
    const { val_acc, val_loss } = record;
    if (Number.isNaN(val_acc)) state.val_loss = val_loss;
    else state.val_acc = val_acc;
    this.#written();
  }

  /** Takes note of a run that came to no summary. */
  failed(name: string, error: string): void {
    Object.assign(this.of(name), { state: "failed", error });
    this.#written();
  }

  /** Takes note of a run whose process was ended with the sweep, before it could leave a summary. */
  interrupted(name: string): void {
    this.of(name).state = "interrupted";
    this.#written();
  }

  /** Writes sweep.json for the last time; resolves once it would survive a crash. */
  async close(): Promise<void> {
    for (const { name, state, val_acc, val_loss } of this.runs) {
      const isKnown = val_acc !== null || val_loss !== undefined;
      if (state !== "waiting" && !isKnown) await this.readLast(name);
    }
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#save();
  }

  #evaluated(state: RunState, { step, val_acc, val_loss, elapsed_sec }: EvaluationRecord): void {
    Object.assign(state, { step, elapsed_sec });
    // Messages between processes have null in the place of NaN.
    if (val_acc === null || Number.isNaN(val_acc)) {
      const best_val_loss = Math.min(state.best_val_loss ?? val_loss, val_loss);
      Object.assign(state, { val_loss, best_val_loss });
    } else {
      Object.assign(state, { val_acc, best_val_acc: Math.max(state.best_val_acc ?? 0, val_acc) });
    }
  }

  /** Writes soon, unless that is going to happen anyway. */
  #written(): void {
    if (this.#timer !== undefined || this.#isClosed) return;
    const wait = Math.max(0, this.#nextWrite - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // What cannot be written now is told by the last writing, which is waited for.
      this.#save().catch(() => {});
    }, wait).unref();
  }

  /** One writing at a time, each of what holds when it begins. */
  #save(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const began = Date.now();
    await makeFolder(this.#folder);
    await this.#mayWrite();
    const text = `${JSON.stringify(this.state, null, 1)}\n`;
    await writeFileAtomic(join(this.#folder, stateName), text);
    this.#nextWrite = Date.now() + Math.max(interval, 20 * (Date.now() - began));
  }
}
