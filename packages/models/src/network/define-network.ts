import * as tf from "@tensorflow/tfjs-core";
import type { TokenBatch } from "../batch";
import { type Distribution, distributionOf } from "../parameters/distribution";
import { drawValues, keptTensors, type Parameters } from "../parameters/draw";
import type { ParameterRole, ParameterSpecification } from "../parameters/specification";
import type { Anatomy } from "./anatomy";
import type { Network, NetworkCost, Plan, PlannedOptions } from "./network";

/** A batch as tensors, for the forward pass of a defined network. */
export interface NetworkInput extends Omit<TokenBatch, "tokens"> {
  /** int32 [size · length] */
  tokens: tf.Tensor1D;
}

/** What {@link defineNetwork} takes. */
export interface DefinedNetwork {
  /**
   * Parameters by name. `role` is `weight` by default; `fanIn`, the inputs of its linear map, is the
   * first side of a matrix and else 1.
   */
  parameters: Readonly<
    Record<string, { shape: readonly number[]; role?: ParameterRole; fanIn?: number }>
  >;
  /** Outputs [size · reads, classes], by operations with gradients. */
  forward: (parameters: Parameters, input: NetworkInput, options: PlannedOptions) => tf.Tensor;
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
 * A network from the shapes of its parameters and a function. Stock operations of tfjs in it need
 * their gradients registered, which in Node is not done by itself
 * (`import "@tensorflow/tfjs-core/dist/register_all_gradients"`).
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
export function defineNetwork(definition: DefinedNetwork): Network {
  const { hasDropout = false, anatomy, cost } = definition;
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
    forward: (values, plan, options = {}) =>
      tf.tidy(() => {
        const { batch } = plan as BatchPlan;
        const tokens = tf.tensor1d(batch.tokens, "int32"); // [size · length]
        const outputs = definition.forward(values, { ...batch, tokens }, options);
        if (outputs.rank !== 2) {
          throw new RangeError(
            `a network's outputs are a matrix [answers, classes], not of shape [${outputs.shape.join(", ")}]`,
          );
        }
        return outputs as tf.Tensor2D;
      }),
  };
}
