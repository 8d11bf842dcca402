import type { WebgpuHost } from "./host";
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

/** One of the batch's calculations, before it is decided how programs share them. */
export interface Node {
  /** What it reads; each counts once. */
  reads(): readonly Value[];
  /** What it makes. */
  writes(): readonly Value[];
  /** Whether it writes into values that were there before: nothing is moved across it. */
  isUpdate?: boolean;
  /** Chooses where some of what the batch makes is to lie; before anything is encoded. */
  place?(host: WebgpuHost): void;
  /** What is to be done right before its calls. */
  prepare?(host: WebgpuHost): void;
  /** The calls that it takes; matrix products, which are shared, have none of their own. */
  calls(): readonly Call[];
  /** What is to be done right after them. */
  finish?(host: WebgpuHost): void;
  /**
   * Takes over an addition: makes `sum`, which is `made` + `other`, in place of `made`. False where it
   * cannot.
   */
  absorb?(made: Value, other: Value, sum: Value): boolean;
}
