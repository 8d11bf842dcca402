import type { DecayTarget, GradientFilter, Optimizer, Schedule } from "@grok/optim";
import type * as z from "zod";
import type { FlagNames, Kind, Settings, SettingsInput, Shape } from "./kind";

/** What all optimizers of an experiment take. */
export interface OptimizerCommon {
  /** After warm-up. */
  readonly learningRate: number;
  /** The share of it at each step. */
  readonly schedule: Schedule;
  /** Decoupled weight decay; that of the form l2 is added to the gradients and not seen here. */
  readonly weightDecay: number;
  readonly decayTo: DecayTarget;
}

/** A kind of optimizer: how the weights follow from the gradients. */
export interface OptimizerKind<N extends string = string, S extends Shape = Shape>
  extends Kind<N, S> {
  /** Its name as people write it: `AdamW`. */
  readonly label: string;
  /** What `optimizer.decay` is by default. */
  readonly decay: "zero" | "l2";
  /** Numbers that it keeps per parameter, at least. */
  readonly slots: number;
  /** Whether it can train groups of parameters one by one; false if it must see all of them. Default true. */
  readonly takesGroups?: boolean;
  /**
   * Why it cannot train a network, in a sentence; or null.
   *
   * @param network the names and shapes of its parameters, and what the experiment calls it
   */
  check?(
    settings: Settings<S>,
    network: { readonly name: string; readonly shapes: Readonly<Record<string, number[]>> },
  ): string | null;
  /** @throws RangeError if a setting is out of range */
  build(settings: Settings<S>, common: OptimizerCommon): Optimizer;
}

/**
 * A kind of change of the gradients before the optimizer. Its one setting is the key of its name in
 * `optimizer`; the default of its schema switches it off.
 */
export interface GradientTransformKind<N extends string = string, V extends z.ZodType = z.ZodType> {
  readonly name: N;
  readonly sentence: string;
  readonly source: string | null;
  readonly value: V;
  /** Whether it came after others had runs: while it is off it then does not count in what a run is called. */
  readonly isLater?: boolean;
  /** Flags of the value, or of its fields, by field; those of fields begin with the kind's name. */
  readonly flags?: Readonly<Record<string, FlagNames>>;
  /** Where it stands among the others: those with smaller numbers come first. */
  readonly place: number;
  /** Numbers that it keeps per parameter, at least. */
  slots(value: z.output<V>): number;
  /** What it does, in a few words; null while it is off. */
  text(value: z.output<V>): string | null;
  /** @returns null while it is off */
  build(value: z.output<V>): GradientFilter | null;
}

/** A kind of learning rate over the steps; warm-up belongs to every kind. */
export interface ScheduleKind<N extends string = string, S extends Shape = Shape>
  extends Kind<N, S> {
  /** Settings that follow from the length of the run; a preset and a flag win over them. */
  defaults?(
    given: Partial<SettingsInput<S>>,
    training: { readonly steps: number },
  ): Partial<SettingsInput<S>>;
  /** The learning rate at each step. */
  build(
    settings: Settings<S>,
    common: { readonly lr: number; readonly warmupSteps: number; readonly warmupOffset: number },
  ): Schedule;
}
