import type { Task } from "@grok/data";
import type { Kind, Label, Settings, SettingsInput, Shape } from "./kind";
import type { ModelTraits } from "./model-traits";

/** What measures and pictures may ask of a task that is a table of equations a ∘ b = c. */
export interface Equation {
  /** The operation's name in @grok/data, or any other. */
  readonly operation: string;
  /** How many elements a, b and c range over. */
  readonly elements: number;
  /** The modulus if the elements are the residues modulo p, which have an order; else null. */
  readonly p: number | null;
  /** The token and the class of element 0. */
  readonly firstToken: number;
  readonly firstClass: number;
  /** What stands between a and b in pictures; default `⋆`. */
  readonly operator?: string;
}

/** Pictures of a network that a task may have no use for. */
export type TaskPicture = "answers" | "circles" | "embedding" | "order";

/** What an experiment needs to know of its task besides the examples. */
export interface TaskFacts {
  /** How many examples there are in all; null if they never end. */
  readonly size: number | null;
  /** The share of the examples to train on; null if they never end. */
  readonly trainFraction: number | null;
  /** Decides the test set of a task whose examples never end. */
  readonly testSeed?: number;
  /** Null if the examples are no equations of two operands. */
  readonly equation: Equation | null;
  /** What the positions of an example are called in pictures; default their numbers. */
  readonly positions?: readonly string[];
  /** What the tokens that are embedded are called in pictures; default their numbers. */
  readonly symbols?: readonly string[];
  /** Why there is no such picture, in a sentence: the table of answers, circles, the plane of the embedding, order parameters. */
  readonly absent?: Readonly<Partial<Record<TaskPicture, string>>>;
}

/** A task as an experiment learns it. */
export type BuiltTask = Task & TaskFacts;

/** What a task may depend on: the network is chosen before it. */
export interface TaskContext {
  readonly model: ModelTraits;
}

/** A kind of task: what is learned. */
export interface TaskKind<N extends string = string, S extends Shape = Shape> extends Kind<N, S> {
  /** A setting that chooses this kind by itself: its flag, with a value that this kind takes. */
  readonly decidedBy?: keyof S & string;
  /** Settings whose values are data files (`dataFile`), which a run keeps. */
  readonly files?: readonly (keyof S & string)[];
  /** Settings that follow from the network, or from each other; a preset and a flag win over them. */
  defaults?(given: Partial<SettingsInput<S>>, context: TaskContext): Partial<SettingsInput<S>>;
  /** Why the settings do not fit together or to the network, in a sentence; or null. */
  check?(settings: Settings<S>, context: TaskContext & { readonly label: Label }): string | null;
  /** What is learned, in a few words: `a / b mod 97`. Default the task's name. */
  text?(settings: Settings<S>): string;
  /** What the name of a run's folder begins with; default the kind's name. */
  slug?(settings: Settings<S>): string;
  /** @throws RangeError if the settings do not fit together */
  build(settings: Settings<S>, context: TaskContext): BuiltTask;
}
