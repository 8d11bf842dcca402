import type * as z from "zod";

/** The fields of a kind's settings. */
export type Shape = z.core.$ZodLooseShape;

/** Settings as they are given: fields that have a default may be left out. */
export type SettingsInput<S extends Shape> = z.input<z.ZodObject<S>>;

/** Settings as a kind gets them: every field that has a default is there. */
export type Settings<S extends Shape> = z.output<z.ZodObject<S>>;

/** What the flag of a setting is called, in camelCase; `--train-fraction` is `trainFraction`. */
export interface FlagNames {
  /** Default the setting's own name. */
  readonly name?: string;
  readonly aliases?: readonly string[];
  /** What the help says; default the description of the setting's schema. */
  readonly description?: string;
}

/** How a place of the experiment is called in an error: the flag that set it, else the place itself. */
export type Label = (path: string) => string;

/** What all kinds say of themselves. */
export interface Kind<N extends string, S extends Shape> {
  /** What experiments and flags call it. */
  readonly name: N;
  /** For the help and the page. */
  readonly sentence: string;
  /** The paper or code that it comes from; null if it has none. */
  readonly source: string | null;
  /** Its settings, each with a description; what is outside of them is refused. */
  readonly settings: z.ZodObject<S, z.core.$strict>;
  /** Flags that are not called like their settings. */
  readonly flags?: { readonly [K in keyof S]?: FlagNames };
  /**
   * Settings that came after the kind had runs. They do not count in what a run is called while they
   * are equal to their defaults, which therefore may never change.
   */
  readonly later?: readonly (keyof S & string)[];
  /**
   * Whether gradients go through tfjs's stock operations, as those of a network or a loss may: theirs
   * are then registered before training. Default false, and true of an extension's kinds.
   */
  readonly usesStockOperations?: boolean;
}
