import type { TaskShape } from "@grok/data";
import type { ModelConfig, Network } from "@grok/models";
import type { Kind, Settings, SettingsInput, Shape } from "./kind";
import type { ModelTraits } from "./model-traits";

/** Work that a network may leave out where its result does not need it. */
export type Shortcut = "sharedPrefixes" | "answerOnly" | "tokenTables";

/** A named network of a kind: its settings, where they are not the schema's. */
export interface ModelVariant<S extends Shape = Shape> {
  readonly settings: Partial<SettingsInput<S>>;
  /** Settings that it does not have. */
  readonly without?: readonly (keyof S & string)[];
  readonly sentence: string;
  readonly source: string | null;
}

/** A kind of network. */
export interface ModelKind<
  N extends string = string,
  S extends Shape = Shape,
  V extends string = string,
> extends Kind<N, S> {
  /**
   * The names that it has in `model.architecture`, each with its own defaults, which may never
   * change. Without any, the kind's name alone.
   */
  readonly variants?: Readonly<Record<V, ModelVariant<S>>>;
  /** The shortcuts that it knows; to switch another one off is refused. */
  readonly shortcuts: readonly Shortcut[];
  /**
   * What other parts must know of a network, from its settings alone.
   *
   * @param name what the experiment calls it
   */
  traits(settings: Partial<Settings<S>>, name: string): Omit<ModelTraits, "name">;
  /**
   * The network for a task: one of its own, as `defineNetwork` of @grok/models makes it, or the
   * settings of one of @grok/models.
   *
   * @throws RangeError if the settings do not fit together or to the task
   */
  build(settings: Settings<S>, shape: TaskShape, name: string): ModelConfig | Network;
}
