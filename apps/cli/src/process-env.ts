/** A stream that text is written to; a terminal has a size. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** A request to stop, to pause, or to continue after a pause. */
export type Notice = "SIGINT" | "SIGTERM" | "SIGHUP" | "SIGTSTP" | "SIGCONT";

/** All that a command may touch outside itself, except files; tests pass their own. Paths start from the process's folder. */
export interface ProcessEnv {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How this command is started as another process: the engine, its flags, and the file. */
  readonly self: readonly string[];
  /** Calls the listener at each such notice, instead of the default action, until undone. */
  on(notice: Notice, listener: () => void): () => void;
  /**
   * Resolves once the readers of stdout and stderr have taken most of what was written, nobody reads
   * any more, or the signal is aborted.
   */
  taken(signal: AbortSignal): Promise<void>;
  /**
   * What the system said when something on stdout or stderr could not be written, as on a full disk;
   * null if all was, or if only its reader has gone, as `head` does.
   */
  refusedOutput(): Promise<Error | null>;
  /** Calls the listener once what is written to stdout or stderr goes nowhere any more. */
  onBrokenPipe(listener: () => void): () => void;
  /** Calls the listener when this process ends in any way that it can know of, until undone. */
  onExit(listener: () => void): () => void;
  /** Stops this process until SIGCONT. */
  pause(): void;
  /** Ends this process at once. */
  exit(status: number): void;
}
