import type { Call } from "./call";
import type { Encoder } from "./encoder";
import type { Memory } from "./memory";
import type { Value } from "./value";

/** What a calculation may use while its batch is encoded: parts of the host. */
export interface NodeHost {
  readonly memory: Memory;
  readonly encoder: Encoder;
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
  place?(host: NodeHost): void;
  /** What is to be done right before its calls. */
  prepare?(host: NodeHost): void;
  /** The calls that it takes; matrix products, which are shared, have none of their own. */
  calls(): readonly Call[];
  /** What is to be done right after them. */
  finish?(host: NodeHost): void;
  /**
   * Takes over an addition: makes `sum`, which is `made` + `other`, instead of `made`. False if it
   * cannot.
   */
  absorb?(made: Value, other: Value, sum: Value): boolean;
}
