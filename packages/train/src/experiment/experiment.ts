import type * as z from "zod";
import type { Kind, Settings, Shape } from "../kind/kind";
import type { ModelKind } from "../kind/model-kind";
import type { GradientTransformKind } from "../kind/optimizer-kind";
import type { builtIn } from "../kinds/built-in";
import type { optimizerCommon, weightNorm } from "./optimizer";
import type { CommonFields } from "./schema";
import type { course, evaluation } from "./training";

type Flat<T> = { [K in keyof T]: T[K] };

type Fields<S extends Shape> = { [K in keyof S]: z.output<S[K] & z.ZodType> };

/** The settings of a kind. Of an empty object zod says that it has any key, of no value. */
type SettingsOf<S extends Shape> = [keyof S] extends [never] ? unknown : Settings<S>;

/** The settings of a kind with its name. */
type Named<D extends string, K> =
  K extends Kind<infer N extends string, infer S extends Shape>
    ? Flat<{ [P in D]: N } & SettingsOf<S>>
    : never;

type ModelOf<K> =
  K extends ModelKind<string, infer S extends Shape, infer V extends string>
    ? Flat<{ architecture: V } & SettingsOf<S>>
    : never;

type Transforms = {
  [K in (typeof builtIn.transforms)[number] as K["name"]]: K extends GradientTransformKind<
    string,
    infer V
  >
    ? z.output<V>
    : never;
};

type Optimizer<K> =
  K extends Kind<infer N extends string, infer S extends Shape>
    ? Flat<
        { kind: N } & Fields<typeof optimizerCommon> & {
            schedule: Named<"kind", (typeof builtIn.schedules)[number]>;
          } & Transforms & { weightNorm: z.output<typeof weightNorm> } & SettingsOf<S>
      >
    : never;

type Training<K> =
  K extends Kind<infer N extends string, infer S extends Shape>
    ? Flat<Fields<typeof course> & { loss: N } & SettingsOf<S> & Fields<typeof evaluation>>
    : never;

/**
 * An experiment as data: everything that its course depends on. The types are those of what is built
 * in; an experiment made of an extension's kinds has its names and settings instead.
 */
export interface Experiment extends CommonFields {
  /** The preset that it began from. */
  preset: string;
  /** What is learned. */
  task: Named<"kind", (typeof builtIn.tasks)[number]>;
  /** The network: its name and its sizes. */
  model: ModelOf<(typeof builtIn.models)[number]>;
  /** How the weights follow from the gradients. */
  optimizer: Optimizer<(typeof builtIn.optimizers)[number]>;
  /** How long and on what to train. */
  training: Training<(typeof builtIn.losses)[number]>;
}
