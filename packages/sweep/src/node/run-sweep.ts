import { availableParallelism } from "node:os";
import { join } from "node:path";
import { maxThreads } from "@grok/backend";
import { collect, type Experiment, type Extensions, type LoadedExtension } from "@grok/train";
import { errorSentence } from "@grok/train/front-end";
import { keepExtensions, lockFolder, makeFolder, readRun, readSummary } from "@grok/train/node";
import type { EarlyStop } from "../early-stop/early-stop";
import type { SweepPlan } from "../plan/sweep-plan";
import type { SweepRun } from "../run/sweep-run";
import { Trunks } from "../run/trunks";
import { isDone, type RunState, type SweepState } from "../state/sweep-state";
import { SweepError } from "../sweep-error";
import { inProcessRunner } from "./in-process-runner";
import { reuseRun } from "./reuse";
import { type Runner, RunnerError, startRunner } from "./runner";
import type { RunEvent } from "./runner-message";
import { readSweep, runFolder } from "./sweep-folder";
import { SweepStateStore } from "./sweep-state-store";

/** Settings of {@link runSweep}. */
export interface RunSweepOptions {
  /** The sweep's folder; made if there is none. */
  folder: string;
  /** How many runs train at once; default as many as there are processors. */
  jobs?: number;
  /** Threads of each run; default the processors divided among the runs. */
  threads?: number;
  /** What computes; default what each run's experiment asks for. */
  backend?: Experiment["backend"];
  /**
   * Whose kinds the runs are made of besides those that are built in; default none. The sweep's folder
   * keeps those that were loaded from files, and its processes load those copies. With one that is a
   * value in code, runs are done one at a time in this process, on this process's tfjs; what a value
   * does is known by its name alone, so one that has changed takes another folder.
   */
  extensions?: Extensions;
  /** Folders of other sweeps, whose runs need not be done again. */
  reuse?: readonly string[];
  /**
   * Whether folders are taken from processes that cannot be seen from here (in another container, on
   * another machine) once their lease has run out; default false.
   */
  takeOver?: boolean;
  /** Whether runs continue where another environment may give other numbers; default false. */
  allowChanges?: boolean;
  /** Is told in a sentence what is waited for. */
  onWait?: (sentence: string) => void;
  /** Ends runs that do badly; what it stops is said in sweep.json, and continues without it. */
  earlyStop?: EarlyStop | null;
  /** Stops the sweep soon after it is aborted, each run with a checkpoint. */
  signal?: AbortSignal;
  /** Called with each run whose state changed, with the event if it was one. */
  onChange?: (run: RunState, event: RunEvent | null) => void;
}

/**
 * Trains the runs of a sweep that are not done yet, several at a time. Each process trains one run
 * after another, and this process only listens, unless an extension is a value in code. A run that
 * has ended as planned is left alone, even if another sweep trained it. An interrupted run continues
 * exactly, from its last checkpoint. A failed run is tried again, and does not stop the others.
 *
 * The folder holds sweep.json, and each run in `runs/NAME`. One process at a time does a sweep.
 *
 * @returns how every run stands in the end
 * @throws SweepError for several jobs or runs to reuse with an extension that is a value in code;
 *   FolderInUseError if another process does the sweep; FolderLostError, after its runs were
 *   stopped, if another process has taken it over
 */
export async function runSweep(plan: SweepPlan, options: RunSweepOptions): Promise<SweepState> {
  const { folder } = options;
  const { extensions } = collect(options.extensions);
  const inCode = extensions.find(({ code }) => code === null);
  if (inCode !== undefined) checkInProcess(inCode, options);
  await makeFolder(join(folder, "runs"));
  const { takeOver = false, onWait } = options;
  const lock = await lockFolder(folder, { takeOver, signal: options.signal, onWait });
  const signal = AbortSignal.any([lock.lost, ...(options.signal ? [options.signal] : [])]);
  try {
    const before = await readSweep(folder);
    const { title, spec, axes } = plan;
    const files = inCode === undefined ? await keepExtensions(folder, extensions) : [];
    const missing = plan.missing?.bind(plan);
    const asked = { title, spec, axes: [...axes], extensions, missing };
    const states = new SweepStateStore(folder, asked, () => lock.check());
    const known = new Map((before?.runs ?? []).map((run) => [run.name, run]));
    const { backend, allowChanges } = options;
    const start: StartRunner = (threads) => {
      const common = { threads, backend, takeOver, allowChanges };
      return inCode === undefined
        ? startRunner({ ...common, extensions: files })
        : inProcessRunner({ ...common, extensions });
    };
    const jobs = inCode === undefined ? options.jobs : 1;
    const pool = new Pool(states, { ...options, jobs, signal }, known, start);
    try {
      for (;;) {
        const runs = plan.next(states.runs);
        if (runs.length === 0 || signal.aborted) break;
        for (const run of runs) states.add(run);
        await pool.round(runs);
      }
    } finally {
      await pool.end();
      lock.lost.throwIfAborted();
      await states.close();
    }
    return states.state;
  } finally {
    await lock.release();
  }
}

/** What an extension that no other process has leaves of a sweep's options. */
function checkInProcess(
  { extension: { name } }: LoadedExtension,
  { jobs = 1, reuse = [] }: RunSweepOptions,
): void {
  if (jobs !== 1) {
    throw new SweepError(
      `Extension ${name} is a value in code, which other processes do not have, so jobs must be 1, not ${jobs}; load it from its file by useExtensions of @grok/train/node to do several runs at once.`,
    );
  }
  if (reuse.length > 0) {
    throw new SweepError(
      `Extension ${name} is a value in code, which is known by its name alone, so runs of other sweeps cannot be reused; load it from its file by useExtensions of @grok/train/node.`,
    );
  }
}

/** Starts what does runs, on this many threads each. */
type StartRunner = (threads: number) => Runner;

/** The runners of a sweep. */
class Pool {
  readonly #states: SweepStateStore;
  readonly #options: RunSweepOptions;
  /** How runs stood before, by name. */
  readonly #known: ReadonlyMap<string, RunState>;
  readonly #start: StartRunner;
  readonly #runners = new Set<Runner>();
  readonly #trunks = new Trunks();

  constructor(
    states: SweepStateStore,
    options: RunSweepOptions,
    known: ReadonlyMap<string, RunState>,
    start: StartRunner,
  ) {
    this.#start = start;
    this.#states = states;
    this.#options = options;
    this.#known = known;
  }

  /** Brings runs to an end, as far as they come before the signal. */
  async round(runs: readonly SweepRun[]): Promise<void> {
    this.#trunks.add(runs);
    const waiting: SweepRun[] = [];
    const running = new Set<SweepRun>();
    for (const run of runs) if (!(await this.#isSettled(run))) waiting.push(run);
    const { jobs, threads } = share(this.#options, waiting.length);
    await Promise.all(
      Array.from({ length: jobs }, async () => {
        for (;;) {
          const run = this.#trunks.takeNext(waiting, running);
          if (run === undefined || this.#options.signal?.aborted) return;
          running.add(run);
          await this.#do(run, threads);
          running.delete(run);
        }
      }),
    );
  }

  /** Lets every process write what it has to, and end. */
  async end(): Promise<void> {
    await Promise.all([...this.#runners].map((runner) => runner.stop()));
    this.#runners.clear();
  }

  /** Whether a run needs nothing more, and if so, how it ended. */
  async #isSettled({ name, experiment }: SweepRun): Promise<boolean> {
    const { folder, reuse = [], earlyStop } = this.#options;
    const summary = await readSummary(runFolder(folder, name)).catch(() => null);
    const { stopped, arithmetic } = this.#known.get(name) ?? {};
    if (summary !== null) this.#states.ended(name, summary, { stopped, arithmetic });
    if (summary !== null) await this.#teach(name, experiment.training.steps);
    const state = this.#states.of(name);
    const wasStopped = state.state === "stopped" && earlyStop !== null && earlyStop !== undefined;
    if (isDone(state) || wasStopped) {
      await this.#states.readLast(name);
      this.#options.onChange?.(state, null);
      return true;
    }
    const found = await reuseRun(name, folder, reuse);
    if (found === null) return false;
    this.#states.ended(name, found.summary, { reused: found.from });
    await this.#states.readLast(name);
    await this.#teach(name, experiment.training.steps);
    this.#options.onChange?.(state, null);
    return true;
  }

  /** Lets the rule that stops runs early know what a run did before. */
  async #teach(name: string, steps: number): Promise<void> {
    const { folder, earlyStop } = this.#options;
    if (!earlyStop) return;
    const { records } = await readRun(runFolder(folder, name)).catch(() => ({ records: [] }));
    for (const record of records) earlyStop.stops(name, record, steps);
  }

  async #do(run: SweepRun, threads: number): Promise<void> {
    const { folder, earlyStop, onChange, signal: all } = this.#options;
    const { name, experiment } = run;
    const own = new AbortController();
    const signal = all === undefined ? own.signal : AbortSignal.any([all, own.signal]);
    let stopped: RunState["stopped"];
    const onEvent = (event: RunEvent) => {
      this.#states.onEvent(name, event);
      onChange?.(this.#states.of(name), event);
      if (event.type !== "evaluation" || !earlyStop || stopped !== undefined) return;
      if (!earlyStop.stops(name, event.record, experiment.training.steps)) return;
      stopped = { step: event.record.step, by: earlyStop.name };
      own.abort();
    };
    const runner = this.#free(threads);
    try {
      const trunks = this.#trunks.of(run);
      const task = { run, folder: runFolder(folder, name), trunks };
      const summary = await runner.run(task, { onEvent, signal });
      this.#states.ended(name, summary, { stopped });
    } catch (error) {
      // A signal for the whole group ends a process that cannot hear it yet.
      const isEnded = error instanceof RunnerError && error.fault === "process";
      if (isEnded && all?.aborted === true) this.#states.interrupted(name);
      else this.#states.failed(name, errorSentence(error));
    }
    onChange?.(this.#states.of(name), null);
  }

  /** A runner that has no run; one whose process died is replaced. */
  #free(threads: number): Runner {
    for (const runner of this.#runners) {
      if (runner.isFree) return runner;
      if (!runner.isAlive) this.#runners.delete(runner);
    }
    const runner = this.#start(threads);
    this.#runners.add(runner);
    return runner;
  }
}

/** Divides the processors among so many runs; a run takes no more of them than `maxThreads`. */
export function share(
  { jobs, threads }: Pick<RunSweepOptions, "jobs" | "threads">,
  runs: number,
  processors = availableParallelism(),
): { jobs: number; threads: number } {
  const wanted = jobs ?? Math.max(1, Math.floor(processors / (threads ?? 1)));
  const some = Math.max(1, Math.min(wanted, runs));
  const each = Math.min(maxThreads, Math.max(1, Math.floor(processors / some)));
  return { jobs: some, threads: threads ?? each };
}
