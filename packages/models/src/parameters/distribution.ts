import type { InitStds } from "./init-stds";
import type { ParameterSpecification } from "./specification";

/** Initialisation schemes, named after where they come from; see {@link distributionOf}. */
export const initialisations = [
  "mlx",
  "pytorch",
  "pytorch-attention",
  "pytorch-encoder",
  "pytorch-small-tables",
  "nanda",
  "flax",
  "fan-in-normal",
] as const;

/** See {@link initialisations}. */
export type Initialisation = (typeof initialisations)[number];

/** What a parameter's elements are drawn from, independently. */
export type Distribution =
  | { kind: "constant"; value: number }
  /** Uniform on (−bound, bound). */
  | { kind: "uniform"; bound: number }
  | { kind: "normal"; std: number }
  /** A normal of `std`, cut off at twice that; its own standard deviation is 0.8796… of it. */
  | { kind: "truncated-normal"; std: number };

/** The standard deviation of a standard normal that is cut off at ±2. */
export const truncatedStd = 0.8796256610342398;

const zero: Distribution = { kind: "constant", value: 0 };
const one: Distribution = { kind: "constant", value: 1 };
const uniform = (bound: number): Distribution => ({ kind: "uniform", bound });
const normal = (variance: number): Distribution => ({
  kind: "normal",
  std: Math.sqrt(variance),
});

/** What of a network's config decides how its parameters are drawn. */
export interface Scheme {
  readonly initialisation: Initialisation;
  /** Features of a hidden state. */
  readonly width: number;
  /** Outputs per answer. */
  readonly classes: number;
  /** Standard deviations by role, which win over the scheme. */
  readonly initStds?: InitStds;
}

/**
 * The distribution of a parameter under the network's initialisation scheme, before `initialScale`.
 * Gains start at 1 and the norms' biases at 0 in all of them; d is the network's width.
 *
 * - `mlx` (MLX 0.17, mlx-grokking): embeddings N(0, 1/d); linear weights and biases U(±1/√fanIn).
 * - `pytorch` (PyTorch's defaults, grokking-lab and openai/grok): embeddings N(0, 1); linear weights
 *   and biases U(±1/√fanIn).
 * - `pytorch-attention` (`nn.MultiheadAttention`, danielmamay and Grokfast): as `pytorch`, but
 *   query, key and value weights are Xavier-uniform as one [3d, d] matrix, U(±√(6/4d)), and the
 *   biases inside attention are 0.
 * - `pytorch-encoder` (`nn.TransformerEncoder`, power-reproduction): as `pytorch-attention`, and all layers
 *   begin as copies of the first one, which is what PyTorch makes them from.
 * - `pytorch-small-tables` (menonpg/tiny-transformers): as `pytorch`, but embeddings N(0, .02²).
 * - `nanda` (Nanda et al. 2023): embeddings, positions and all weights N(0, 1/d), the unembedding
 *   N(0, 1/classes), biases 0.
 * - `flax` (flax.linen's defaults, gpt-acc-jax): embeddings N(0, 1/d); weights lecun-normal, that is a
 *   normal cut off at two deviations and widened to variance 1/fanIn; biases 0.
 * - `fan-in-normal` (ChanceSiyuan/grokking): embeddings N(0, 1); weights N(0, 1/fanIn), biases 0.
 */
export function distributionOf(
  config: Scheme,
  { role, fanIn, shape }: ParameterSpecification,
): Distribution {
  const std = config.initStds?.[role];
  if (std !== undefined) return std === 0 ? zero : { kind: "normal", std };
  if (role === "gain") return one;
  if (role === "normBias") return zero;
  const width = shape.at(-1) as number;
  const isTable = role === "embedding" || role === "positions";
  const isBias = role === "bias" || role === "attentionBias";
  switch (config.initialisation) {
    case "mlx":
      return isTable ? normal(1 / width) : uniform(1 / Math.sqrt(fanIn));
    case "pytorch-attention":
    case "pytorch-encoder":
      if (role === "projection") return uniform(Math.sqrt(6 / (4 * fanIn)));
      if (role === "attentionBias") return zero;
      return isTable ? normal(1) : uniform(1 / Math.sqrt(fanIn));
    case "pytorch":
      return isTable ? normal(1) : uniform(1 / Math.sqrt(fanIn));
    case "pytorch-small-tables":
      return isTable ? normal(0.02 ** 2) : uniform(1 / Math.sqrt(fanIn));
    case "nanda":
      if (isBias) return zero;
      return normal(1 / (role === "unembedding" ? config.classes : config.width));
    case "flax":
      if (isBias) return zero;
      if (isTable) return normal(1 / width);
      return { kind: "truncated-normal", std: 1 / Math.sqrt(fanIn) / truncatedStd };
    case "fan-in-normal":
      if (isBias) return zero;
      return normal(isTable ? 1 : 1 / fanIn);
  }
}
