import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Command } from "./implementation.ts";
import type {
  Answer,
  Ended,
  ProductSpeeds,
  Profile,
  Ready,
  Request,
  Slice,
  StepCounts,
} from "./protocol.ts";

/** The longest that an answer may usually take, in milliseconds. */
const usualPatience = 300_000;

/** What a request is answered with. */
export interface Answers {
  run: Slice;
  profile: Profile;
  count: StepCounts;
  products: ProductSpeeds;
  end: Ended;
}

/** An implementation's process. While nobody asks it anything it waits. */
export class Child {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #patience: number;
  #complaints = "";

  /** @param patience the longest that an answer may take, in milliseconds; default 5 minutes */
  constructor({ file, args, env }: Command, patience = usualPatience) {
    this.#patience = patience;
    this.#process = spawn(file, args, {
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-4000);
    });
    // A file that cannot be started, and a pipe to a process that has died; `#answer` reports both.
    this.#process.on("error", (error) => {
      this.#complaints += error.message;
    });
    this.#process.stdin?.on("error", () => {});
    this.#lines = createInterface({ input: this.#process.stdout as NodeJS.ReadableStream })[
      Symbol.asyncIterator
    ]();
  }

  /**
   * Waits until it has made the common first steps.
   *
   * @throws Error if it cannot run, with what it said
   */
  ready(): Promise<Ready> {
    return this.#answer() as Promise<Ready>;
  }

  /** @throws Error if it fails, with what it said */
  ask<R extends Request>(request: R): Promise<Answers[R["do"]]> {
    this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    return this.#answer() as Promise<Answers[R["do"]]>;
  }

  /** Ends it, whatever it does. */
  kill(): void {
    this.#process.kill("SIGKILL");
  }

  async #answer(): Promise<unknown> {
    const timer = setTimeout(() => this.kill(), this.#patience);
    const { value, done } = await this.#lines.next();
    clearTimeout(timer);
    if (done) throw new Error(`its process ended: ${this.#reason()}`);
    const answer = JSON.parse(value) as Answer;
    if ("error" in answer) throw new Error(answer.error);
    return answer.ok;
  }

  /** The line with which Node or Python names an error; else all that it said. */
  #reason(): string {
    const error = this.#complaints
      .split("\n")
      .findLast((line) => /^\w*(Error|Exception)\b/.test(line));
    return error ?? (this.#complaints.trim() || "it said nothing");
  }
}
