import type { Notice, Output, ProcessEnv } from "../src/process-env";
import { command } from "./command";

/** A stream whose text can be read. */
export interface ReadableOutput extends Output {
  readonly text: string;
}

/** A stream that remembers what was written to it. */
export class TestOutput implements ReadableOutput {
  text = "";
  constructor(
    readonly isTTY = false,
    public columns = 80,
    public rows = 24,
  ) {}

  write(text: string): void {
    this.text += text;
  }
}

/** An environment without a terminal, signals or a past. */
export class TestProcessEnv implements ProcessEnv {
  readonly stdout: ReadableOutput;
  readonly stderr = new TestOutput();
  readonly env: Record<string, string> = {};
  readonly self = command;
  /** What `exit` was called with. */
  exited: number | null = null;
  readonly #listeners = new Map<Notice, Set<() => void>>();

  /** @param stdout a terminal, say */
  constructor(stdout: ReadableOutput = new TestOutput()) {
    this.stdout = stdout;
  }

  on(notice: Notice, listener: () => void): () => void {
    const listeners = this.#listeners.get(notice) ?? new Set();
    this.#listeners.set(notice, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Sends a notice to those who wait for it; gives how many did. */
  send(notice: Notice): number {
    const listeners = [...(this.#listeners.get(notice) ?? [])];
    for (const listener of listeners) listener();
    return listeners.length;
  }

  async taken(): Promise<void> {}

  async refusedOutput(): Promise<Error | null> {
    return null;
  }

  onBrokenPipe(): () => void {
    return () => {};
  }

  onExit(): () => void {
    return () => {};
  }

  pause(): void {}

  exit(status: number): void {
    this.exited = status;
  }
}
