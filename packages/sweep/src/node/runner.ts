import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { dataFilesOnDisk, type Experiment, type Summary } from "@grok/train";
import { errorSentence, systemRefusal } from "@grok/train/front-end";
import { childEntry, type ExtensionFile } from "@grok/train/node";
import type {
  Fault,
  FromProcess,
  RunEvent,
  RunnerSettings,
  RunTask,
  ToProcess,
} from "./runner-message";

/** Settings of {@link startRunner}. */
export interface RunnerOptions {
  /** How many threads compute; default as many as there are processors. */
  threads?: number;
  /** What computes runs that begin; default what each run's experiment asks for. */
  backend?: Experiment["backend"];
  /**
   * Whether a run's folder is taken from a process that cannot be seen from here (in another
   * container, on another machine) once its lease has run out; default false.
   */
  takeOver?: boolean;
  /**
   * Whether a run continues where another environment may give other numbers; default false. With null
   * the refusal does not say how to allow it.
   */
  allowChanges?: boolean | null;
  /** Extensions whose kinds the runs are made of, as files that the process loads; default none. */
  extensions?: readonly ExtensionFile[];
}

/** What a caller of {@link Runner.run} may ask for. */
export interface RunOptions {
  /** Is called at each event of the run, except its end. */
  onEvent?: (event: RunEvent) => void;
  /** Ends the run soon after it is aborted, with a checkpoint; the summary says `interrupted`. */
  signal?: AbortSignal;
}

/** A run that a runner could not bring to an end of its own; one sentence says why. */
export class RunnerError extends Error {
  override name = "RunnerError";
  /** Whose fault it is. */
  readonly fault: Fault;

  /** @param fault of the process, unless it could say more before it ended */
  constructor(message: string, fault: Fault = "process") {
    super(message);
    this.fault = fault;
  }
}

/** A process of its own that does runs, one at a time. */
export interface Runner {
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /** Whether its process lives. */
  readonly isAlive: boolean;
  /** Whether it can be given a run: it lives, and has none. */
  readonly isFree: boolean;
  /**
   * Does a run in its folder: continues exactly where the folder has one that has not ended, begins
   * it where not, and gives the summary of one that has ended at once.
   *
   * @returns the summary, also of a run that failed (`error` says why) or was stopped (`interrupted`)
   * @throws RunnerError if the run did not come to a summary: the folder is in use or holds
   *   another run, or the process died
   */
  run(task: RunTask, options?: RunOptions): Promise<Summary>;
  /** Lets the run at hand write a checkpoint, and ends the process. Resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends the process at once; a run loses what came after its last checkpoint. */
  kill(): Promise<void>;
}

/**
 * Starts a process that does runs. It ends by itself when this process does, after a checkpoint.
 * Nothing is computed here, so that timers of this process are never late.
 */
export function startRunner({
  threads,
  backend = "auto",
  takeOver = false,
  allowChanges = false,
  extensions = [],
}: RunnerOptions = {}): Runner {
  const common = { threads: threads ?? null, backend, takeOver, allowChanges };
  const settings = { ...common, extensions, data: dataFilesOnDisk() };
  return new ForkedRunner(settings);
}

/** How much is kept of what a process says on stderr, to tell of its death. */
const stderrLength = 4_000;

class ForkedRunner implements Runner {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #settle: { done: (summary: Summary) => void; fail: (error: Error) => void } | undefined;
  #onEvent: RunOptions["onEvent"];
  #said = "";

  constructor(settings: RunnerSettings) {
    const { file, execArgv } = processEntry();
    this.#process = fork(file, [JSON.stringify(settings)], {
      ...(execArgv === undefined ? {} : { execArgv }),
      // Keeps numbers that JSON does not have.
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#ended = once(this.#process, "close").catch(() => {});
    this.#process.stderr?.on("data", (chunk: Buffer) => {
      this.#said = (this.#said + chunk.toString()).slice(-stderrLength);
    });
    this.#process.on("message", (message: FromProcess) => this.#hear(message));
    // It could not be started: no memory, or no more processes.
    this.#process.on("error", (error) =>
      this.#fail(
        new RunnerError(
          systemRefusal(error) === null
            ? "The system starts no process for the run."
            : errorSentence(error),
          "machine",
        ),
      ),
    );
    this.#process.on("close", (code, signal) => this.#fail(this.#death(code, signal)));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get isFree(): boolean {
    return this.isAlive && this.#settle === undefined;
  }

  get isAlive(): boolean {
    return this.#process.connected;
  }

  async run(task: RunTask, { onEvent, signal }: RunOptions = {}): Promise<Summary> {
    if (!this.isAlive) throw new RunnerError("The runner's process has ended.");
    if (this.#settle !== undefined) throw new RunnerError("The runner has a run already.");
    const stop = () => this.#send({ type: "stop" });
    const summary = new Promise<Summary>((done, fail) => {
      this.#settle = { done, fail };
    });
    this.#onEvent = onEvent;
    // Whatever becomes of this process's folder: in one that is gone, a relative path has no end.
    this.#send({ type: "run", task: { ...task, folder: resolve(task.folder) } });
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
    try {
      return await summary;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#ended;
  }

  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#ended;
  }

  #send(message: ToProcess): void {
    // A process that just died cannot be told anything; its end is heard of by itself.
    this.#process.send(message, () => {});
  }

  #hear(message: FromProcess): void {
    switch (message.type) {
      case "event":
        this.#onEvent?.(message.event);
        break;
      case "done": {
        const settle = this.#settle;
        this.#settle = undefined;
        settle?.done(message.summary);
        break;
      }
      case "error":
        this.#fail(new RunnerError(message.message, message.fault));
    }
  }

  #fail(error: RunnerError): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.fail(error);
  }

  #death(code: number | null, signal: string | null): RunnerError {
    const how = signal === null ? `with exit status ${code}` : `by ${signal}`;
    const last = this.#said
      .trim()
      .split("\n")
      .find((line) => /error/i.test(line));
    const isMemory = /heap out of memory|allocation failed/i.test(this.#said);
    const why = isMemory
      ? ": it had no memory left."
      : last === undefined
        ? "."
        : `: ${last.trim()}`;
    return new RunnerError(`The process of the run ended ${how}${why}`);
  }
}

/** The process's file, and the options that Node needs for it. */
export function processEntry(): { file: string; execArgv?: string[] } {
  return childEntry(import.meta.url, "runner-entry");
}
