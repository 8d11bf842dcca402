import type { StoredTensor } from "../safetensors/format";
import type { Kind, Settings, Shape } from "./kind";

/** What an edit may ask of the run whose parameters it replaces. */
export interface EditContext {
  /** The run's seed. */
  readonly seed: number;
  /** The network's parameters as a seed initialises them, by name. */
  initial(seed: number): Promise<ReadonlyMap<string, StoredTensor>>;
  /** The shapes of the network's parameters, by name. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** The parameter that has a row per symbol, and the rows of symbol 0; null if there is none. */
  readonly embedding: {
    readonly parameter: string;
    readonly firstRows: readonly number[];
    /** The modulus: how many symbols have rows one after the other. */
    readonly p: number;
  } | null;
}

/**
 * A kind of edit: what a change in mid-run does to parameters that fit a pattern. It replaces their
 * values once, or says whether they are trained from then on.
 */
export interface EditKind<N extends string = string, S extends Shape = Shape> extends Kind<N, S> {
  /** Whether the parameters are trained from then on; left out: as before. */
  readonly trains?: boolean;
  /** What follows the pattern on a command line, as `FACTOR`; left out: nothing does. */
  readonly value?: {
    readonly setting: keyof S & string;
    readonly word: string;
    readonly isOptional?: boolean;
  };
  /**
   * Why it cannot be done to a parameter, in a sentence; or null.
   *
   * @param name of a parameter that fits the pattern
   */
  check?(
    settings: Settings<S>,
    name: string,
    context: Pick<EditContext, "embedding" | "shapes">,
  ): string | null;
  /**
   * Gives the new values of the parameters that fit the pattern, by name; it must not change those
   * that it is given. It is computed in float64 on the host, so that every backend gives the same bytes.
   */
  apply?(
    settings: Settings<S>,
    parameters: ReadonlyMap<string, StoredTensor>,
    context: EditContext,
  ): ReadonlyMap<string, Float32Array> | Promise<ReadonlyMap<string, Float32Array>>;
}
