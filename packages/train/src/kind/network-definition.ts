import type { TaskShape } from "@grok/data";
import {
  type Anatomy,
  type DefinedParameters,
  type DefinedPassOptions,
  defineNetwork,
  type NetworkInput,
  type PointAxis,
} from "@grok/models";
import type * as tf from "@tensorflow/tfjs-core";
import * as z from "zod";
import type { FlagNames, Settings, Shape } from "./kind";
import type { ModelKind } from "./model-kind";
import type { ModelTraits } from "./model-traits";

/** What a forward pass knows besides parameters and examples. */
export interface ForwardContext<S extends Shape> extends DefinedPassOptions {
  readonly settings: Settings<S>;
  /** The task's sizes: `vocabulary`, `classes`, `length`, `features`, `answerPositions`. */
  readonly shape: TaskShape;
}

/** A network as its parameters and a plain forward function: the short form of {@link defineModel}. */
export interface NetworkDefinition<
  N extends string = string,
  S extends Shape = Shape,
  P extends DefinedParameters = DefinedParameters,
> extends Partial<Omit<ModelTraits, "name">> {
  /** What experiments and flags call it. */
  readonly name: N;
  /** For the help and the page. */
  readonly sentence: string;
  /** The paper or code that it comes from; default none. */
  readonly source?: string | null;
  /** Its settings; default none. */
  readonly settings?: z.ZodObject<S, z.core.$strict>;
  /** Flags that are not called like their settings. */
  readonly flags?: { readonly [K in keyof S]?: FlagNames };
  /** Parameters by name, with their shapes. */
  readonly parameters: (settings: Settings<S>, shape: TaskShape) => P;
  /**
   * The points that `forward` shows by `context.point(name, x)`, with what their axes count, e.g.
   * `{ hidden: ["example", "neuron"] }`, so that they can be looked at and taken out; default none.
   */
  readonly points?: Readonly<Record<string, readonly PointAxis[]>>;
  /** Outputs [size · answerPositions, classes], by operations with gradients, those of tfjs included. */
  readonly forward: (
    parameters: { readonly [K in keyof P]: tf.Tensor },
    input: NetworkInput,
    context: ForwardContext<S>,
  ) => tf.Tensor;
  /** Whether `forward` looks at `dropoutKey`; default false. */
  readonly hasDropout?: boolean;
  /** Where measures and pictures find things; nothing by default. */
  readonly anatomy?: Partial<Anatomy>;
}

/** The kind of network that parameters and a forward function are. */
export function networkKind<const N extends string, S extends Shape, P extends DefinedParameters>(
  definition: NetworkDefinition<N, S, P>,
): ModelKind<N, S> {
  const { name, sentence, source = null, flags, hasDropout, anatomy } = definition;
  const { words = "a network of its own kind", isCausal = false, layout = null } = definition;
  const { input = "tokens" } = definition;
  return {
    name,
    sentence,
    source,
    settings:
      definition.settings ?? (z.strictObject({}) as unknown as z.ZodObject<S, z.core.$strict>),
    flags,
    usesStockOperations: true,
    shortcuts: [],
    traits: () => ({ words, input, isCausal, layout }),
    build: (settings, shape) =>
      defineNetwork({
        parameters: definition.parameters(settings, shape),
        forward: (parameters, examples, options) =>
          definition.forward(parameters, examples, { ...options, settings, shape }),
        points: definition.points,
        hasDropout,
        anatomy: { words, ...anatomy },
      }),
  };
}
