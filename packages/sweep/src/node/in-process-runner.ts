import type { LoadedExtension, Summary } from "@grok/train";
import { errorSentence } from "@grok/train/front-end";
import { faultOf } from "./machine-fault";
import { type Runner, RunnerError, type RunnerOptions, type RunOptions } from "./runner";
import type { RunTask } from "./runner-message";

/** Settings of {@link inProcessRunner}: those of a runner, with extensions that may be values in code. */
export type InProcessOptions = Omit<RunnerOptions, "extensions"> & {
  extensions: readonly LoadedExtension[];
};

/**
 * A runner that computes in this process, one run at a time: for extensions that are values in code,
 * which no other process has. This process's timers wait for its steps.
 */
export function inProcessRunner(options: InProcessOptions): Runner {
  return new InProcessRunner(options);
}

class InProcessRunner implements Runner {
  readonly pid = process.pid;
  readonly #options: InProcessOptions;
  #current: { controller: AbortController; ended: Promise<unknown> } | undefined;
  #isEnded = false;

  constructor(options: InProcessOptions) {
    this.#options = options;
  }

  get isAlive(): boolean {
    return !this.#isEnded;
  }

  get isFree(): boolean {
    return this.isAlive && this.#current === undefined;
  }

  async run(task: RunTask, { onEvent = () => {}, signal }: RunOptions = {}): Promise<Summary> {
    if (!this.isAlive) throw new RunnerError("The runner has ended.");
    if (this.#current !== undefined) throw new RunnerError("The runner has a run already.");
    const { threads = null, backend = "auto", takeOver = false, ...rest } = this.#options;
    const { allowChanges = false, extensions } = rest;
    const settings = { threads, backend, takeOver, allowChanges, extensions };
    const controller = new AbortController();
    const stop = () => controller.abort();
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
    // The backend is loaded only in the process that trains.
    const summary = import("./run-experiment").then(({ runExperiment }) =>
      runExperiment(task, settings, onEvent, controller.signal),
    );
    this.#current = { controller, ended: summary.catch(() => {}) };
    try {
      return await summary;
    } catch (error) {
      throw new RunnerError(errorSentence(error), faultOf(error));
    } finally {
      signal?.removeEventListener("abort", stop);
      this.#current = undefined;
    }
  }

  async stop(): Promise<void> {
    this.#isEnded = true;
    this.#current?.controller.abort();
    await this.#current?.ended;
  }

  /** There is no process to end: it stops as soon as it can. */
  kill(): Promise<void> {
    return this.stop();
  }
}
