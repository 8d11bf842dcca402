import * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "../batch";
import { type Distribution, distributionOf } from "../parameters/distribution";
import { drawValues, keptTensors } from "../parameters/draw";
import type { ParameterRole, ParameterSpecification } from "../parameters/specification";
import { checkHooks, passPoint } from "../point/at";
import type { Point, PointAxis } from "../point/point";
import { PointRows } from "../point/rows";
import type { Anatomy } from "./anatomy";
import type { Network, NetworkCost, Plan, PlannedOptions } from "./network";

/** A batch as tensors, for the forward pass of a defined network. */
export interface NetworkInput extends Omit<TokenBatch, "tokens" | "features"> {
  /** int32 [size · length] */
  tokens: tf.Tensor1D;
  /** Real-valued inputs, [size, features]; with 0 columns if the task has tokens. */
  features: tf.Tensor2D;
}

/** A parameter of a defined network. */
export interface DefinedParameter {
  shape: readonly number[];
  /** What it is for, which decides how it is initialised; default `weight`. */
  role?: ParameterRole;
  /** The inputs of its linear map; default the first side of a matrix, and else 1. */
  fanIn?: number;
}

/** The parameters of a defined network, by name. */
export type DefinedParameters = Readonly<Record<string, DefinedParameter>>;

/** What the forward pass of a defined network may be asked for, and how it shows its points. */
export interface DefinedPassOptions extends Omit<PlannedOptions, "at" | "sharedRows"> {
  /**
   * Shows a point's tensor, and gives what the pass continues with: the tensor itself if nobody looks.
   *
   * @throws RangeError for a name that is not among the definition's `points`
   */
  point: (name: string, x: tf.Tensor) => tf.Tensor;
}

/** What {@link defineNetwork} takes. */
export interface DefinedNetwork<P extends DefinedParameters = DefinedParameters> {
  parameters: P;
  /**
   * The points that `forward` shows by `point(name, x)`, with what their axes count, e.g.
   * `{ "layers.0.hidden": ["example", "neuron"] }`; none by default. `logits` is always one.
   */
  points?: Readonly<Record<string, readonly PointAxis[]>>;
  /** Outputs [size · answerPositions, classes], by operations with gradients. */
  forward: (
    parameters: { readonly [K in keyof P]: tf.Tensor },
    input: NetworkInput,
    options: DefinedPassOptions,
  ) => tf.Tensor;
  /**
   * What a parameter's elements are drawn from. By default the scheme `fan-in-normal`: embeddings
   * N(0, 1), weights N(0, 1/fanIn), gains 1, biases 0.
   */
  distribution?: (specification: ParameterSpecification) => Distribution;
  /** Whether `forward` looks at `dropoutKey`; default false. */
  hasDropout?: boolean;
  /** Where measures find things; nothing by default. */
  anatomy?: Partial<Anatomy>;
  cost?: Partial<NetworkCost>;
}

interface BatchPlan extends Plan {
  batch: TokenBatch;
}

/**
 * A network from the shapes of its parameters and a function. The trainer registers the gradients of
 * stock operations of tfjs; a loop of one's own calls `registerStockGradients` of @grok/ops.
 *
 * @throws RangeError from `forward` if what the function gives is no matrix
 *
 * @example
 * const network = defineNetwork({
 *   parameters: { table: { shape: [97, 64], role: "embedding" }, out: { shape: [64, 97] } },
 *   forward: ({ table, out }, { tokens, size, length }) => {
 *     const ids = tf.reshape(tokens, [size, length]); // [size, length]
 *     return linear(embeddingSum(table, ids, undefined, { activation: "relu" }), out); // [size, 97]
 *   },
 * });
 */
export function defineNetwork<const P extends DefinedParameters>(
  definition: DefinedNetwork<P>,
): Network {
  const { hasDropout = false, anatomy, cost } = definition;
  const points: Point[] = [
    ...Object.entries(definition.points ?? {}).map(([name, axes]) => ({
      name,
      axes,
      shape: axes.map(() => null),
    })),
    { name: "logits", axes: ["example", "answer", "class"], shape: [null, null, null] },
  ];
  const parameters = Object.entries(definition.parameters).map(
    ([name, { shape, role = "weight", fanIn }]): ParameterSpecification => ({
      name,
      shape: [...shape],
      role,
      fanIn: fanIn ?? (shape.length > 1 ? (shape[0] as number) : 1),
    }),
  );
  const scheme = { initialisation: "fan-in-normal", width: 1, classes: 1 } as const;
  const distribution =
    definition.distribution ??
    ((specification: ParameterSpecification) => distributionOf(scheme, specification));
  return {
    parameters,
    hasDropout,
    points,
    anatomy: {
      words: "a network of its own kind",
      embedding: null,
      neuronsToLogits: null,
      hidden: false,
      attention: null,
      mlp: null,
      ...anatomy,
    },
    cost: { tokensPerExample: (length) => length, inputWidth: 0, ...cost },
    initialise: (seed) => keptTensors(drawValues(parameters, seed, { distribution })),
    plan: (batch): BatchPlan => ({ batch }),
    forward: (values, plan, { at = {}, dropoutKey, onHidden } = {}) =>
      tf.tidy(() => {
        checkHooks(at, { points });
        const { batch } = plan as BatchPlan;
        const tokens = tf.tensor1d(batch.tokens, "int32"); // [size · length]
        const columns = batch.features?.length ?? 0;
        const features = tf.tensor2d(batch.features ?? [], [batch.size, columns / batch.size]); // [size, features]
        const outputs = definition.forward(
          values as { [K in keyof P]: tf.Tensor },
          { ...batch, tokens, features },
          {
            dropoutKey,
            onHidden,
            point: (name, x) => {
              checkHooks({ [name]: at[name] }, { points });
              return passPoint(at, name, x);
            },
          },
        );
        if (outputs.rank !== 2) {
          throw new RangeError(
            `a network's outputs are a matrix [answers, classes], not of shape [${outputs.shape.join(", ")}]`,
          );
        }
        return new PointRows(at, outputs.shape[0] / batch.size).pass(
          "logits",
          outputs,
        ) as tf.Tensor2D;
      }),
  };
}
