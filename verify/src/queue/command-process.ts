import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";

/** How an {@link CommandProcess} is started. */
export interface CommandLaunch {
  /** Says who it is, in what is told of it. */
  name: string;
  /** The whole command line. */
  command: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** A process of a campaign: a worker or a sweep, as users start it. */
export class CommandProcess {
  readonly launch: CommandLaunch;
  /** Resolves when it has ended, with its exit status; null if it was killed. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  #said = "";

  constructor(launch: CommandLaunch) {
    this.launch = launch;
    const [program = "", ...args] = launch.command;
    this.#process = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...launch.env },
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#said += chunk.toString();
      });
    }
    this.ended = once(this.#process, "close").then(([status]) => status as number | null);
    this.ended.catch(() => {});
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** All that it printed, on both streams. */
  get said(): string {
    return this.#said;
  }

  /** What it printed that no command should: the trace of a stack, or an error of JavaScript. */
  get fault(): string | null {
    return (
      /^\s+at .+:\d+:\d+\)?$|\b(TypeError|ReferenceError|UnhandledPromise)\b/m.exec(
        this.#said,
      )?.[0] ?? null
    );
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isAlive) this.#process.kill(signal);
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.signal("SIGCONT");
    this.signal("SIGKILL");
    await this.ended;
  }

  /** Whether it ends of itself within this many milliseconds. */
  async endsWithin(ms: number): Promise<boolean> {
    const late = new AbortController();
    const end = await Promise.race([
      this.ended.then(() => true),
      setTimeout(ms, false, { signal: late.signal }).catch(() => false),
    ]);
    late.abort();
    return end;
  }
}
