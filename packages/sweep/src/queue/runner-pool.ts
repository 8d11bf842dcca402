import { type Runner, type RunnerOptions, startRunner } from "../node/runner";

/** Processes that do runs, kept for the next one as long as they live. */
export class RunnerPool {
  readonly #options: RunnerOptions;
  readonly #idle = new Set<Runner>();
  readonly #all = new Set<Runner>();

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Lends a runner that has no run. */
  async use<T>(work: (runner: Runner) => Promise<T>): Promise<T> {
    for (const runner of this.#idle) {
      this.#idle.delete(runner);
      if (runner.isFree) return this.#lend(runner, work);
      this.#all.delete(runner);
    }
    const runner = startRunner(this.#options);
    this.#all.add(runner);
    return this.#lend(runner, work);
  }

  /** Ends all processes; those that have a run leave a checkpoint. */
  async stop(): Promise<void> {
    await Promise.all([...this.#all].map((runner) => runner.stop()));
  }

  /** Ends all processes at once. */
  async kill(): Promise<void> {
    await Promise.all([...this.#all].map((runner) => runner.kill()));
  }

  async #lend<T>(runner: Runner, work: (runner: Runner) => Promise<T>): Promise<T> {
    try {
      return await work(runner);
    } finally {
      if (runner.isFree) this.#idle.add(runner);
      else {
        this.#all.delete(runner);
        void runner.kill();
      }
    }
  }
}
