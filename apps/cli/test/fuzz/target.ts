import type { Random } from "./random";

/** A format whose reader is tried with cases that nobody meant. */
export interface Target {
  /** How the command line names it. */
  name: string;
  /** Makes a case: something valid, mutated; or built to be almost valid. */
  make(random: Random): Input;
  /**
   * Reads a case, and checks what came out.
   *
   * @returns `valid`, or what `refusal` says of the reader's own error
   * @throws anything, where the reader fails: an error not its own, or a result that breaks a promise
   */
  check(input: Input): Promise<string> | string;
}

/** What a reader is given. */
export type Input = Uint8Array<ArrayBuffer> | string;

/**
 * The kind of an error that a reader may throw, with names and numbers left out; anything else is
 * thrown on.
 *
 * @param names of the error classes that the reader documents
 */
export function refusal(error: unknown, names: readonly string[]): string {
  if (!(error instanceof Error) || !names.includes(error.name)) throw error;
  const { message, name } = error;
  if (message.length > 2000) throw new Error(`an error of ${message.length} characters`);
  if (/\p{Cc}/u.test(message)) throw new Error("control characters", { cause: error });
  if (!/[.?]$/.test(message)) throw new Error("an error that is no sentence", { cause: error });
  return `${name}: ${message
    .replace(/"[^"]*"/g, '"…"')
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/g, "N")
    .slice(0, 60)}`;
}

/** Fails where a promise is broken. */
export function ensure(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`broken: ${promise}`);
}
