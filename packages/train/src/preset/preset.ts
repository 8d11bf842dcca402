import type { Experiment } from "../experiment/experiment";

/** Settings of a kind by its name, before the schema of the kind has seen them. */
type Some<D extends string> = { readonly [P in D]: string } & Readonly<Record<string, unknown>>;

/** How long a preset trains, and on what. A function gets the number of training examples. */
export interface PresetCourse {
  readonly steps?: number;
  /** Passes over the training set, instead of `steps`. */
  readonly epochs?: number;
  readonly batch: {
    readonly mode: Experiment["training"]["batch"]["mode"];
    readonly size?: number | ((trainSize: number) => number);
  };
  /** `epoch`: once per pass over the training set. */
  readonly evalEvery: number | "epoch" | ((trainFraction: number) => number);
}

/** A named experiment: what differs from the defaults of the kinds that it is made of. */
export interface Preset {
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** Where its settings come from. */
  readonly source: string;
  readonly task: Some<"kind">;
  readonly model: Some<"architecture">;
  readonly optimizer: Some<"kind">;
  readonly training: PresetCourse & Readonly<Record<string, unknown>>;
  /** Names of the metrics and groups of metrics that its runs compute; default none. */
  readonly metrics?: readonly string[];
  readonly seed?: number;
}

type SomeOf<T> = T extends unknown ? Partial<T> : never;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A {@link Preset} of built-in kinds, whose settings are those of its kinds. */
export interface BuiltInPreset extends Omit<Preset, "task" | "model" | "optimizer" | "training"> {
  readonly task: SomeOf<Experiment["task"]> & Pick<Experiment["task"], "kind">;
  readonly model: SomeOf<Experiment["model"]> & Pick<Experiment["model"], "architecture">;
  readonly optimizer: Without<SomeOf<Experiment["optimizer"]>, "schedule"> &
    Pick<Experiment["optimizer"], "kind"> & {
      /** A shorter run is the beginning of the whole one: `endStep` does not follow the steps. */
      readonly schedule?: { kind: "cosine"; finalLr: number; endStep: number };
    };
  readonly training: PresetCourse & Without<SomeOf<Experiment["training"]>, keyof PresetCourse>;
}
