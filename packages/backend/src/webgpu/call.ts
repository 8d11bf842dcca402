import type { Program } from "./program";
import type { Value } from "./value";

/** A call of a program that is recorded, to be encoded with others. */
export interface Call {
  program: Program;
  /** In the order of the program's buffers. */
  values: readonly Value[];
  /** In the order of the program's parameters. */
  settings: readonly number[];
  groups: number;
}
