import { checkChoice, checkCount, checkScale } from "../check";
import { type Initialisation, initialisations } from "../parameters/distribution";

/** How an MLP sees its tokens. */
export type MlpInput =
  /** One embedding of `width` features shared by all slots, concatenated. */
  | { kind: "embedding"; width: number }
  /** A vector of the vocabulary with a one at each token; so each slot has tokens of its own. */
  | { kind: "one-hot" };

/** A multilayer perceptron on a fixed number of tokens. */
export interface MlpConfig {
  kind: "mlp";
  input: MlpInput;
  /** Token ids are 0 … vocabulary − 1. */
  vocabulary: number;
  /** Tokens per example. */
  slots: number;
  /** Features of each hidden layer, N. */
  width: number;
  /** Linear layers, the last one included (as `--depth` of taot/grokking-lab counts them). */
  depth: number;
  /** Logits per example. */
  classes: number;
  activation: "relu" | "gelu" | "silu";
  /** Hidden pre-activations are multiplied by width^−alpha. */
  alpha: number;
  initialisation: Initialisation;
  /** Whether the linear layers have biases. */
  biases: boolean;
  /** All initial parameters are multiplied by it, α of Omnigrok (Liu et al. 2022); default 1. */
  initialScale?: number;
  /** Logits are multiplied by it, α of Kumar et al. 2024; default 1. */
  outputScale?: number;
}

/** Throws a RangeError unless the MLP can be built. */
export function checkMlpConfig(config: MlpConfig): void {
  for (const name of ["vocabulary", "slots", "width", "depth", "classes"] as const) {
    checkCount(name, config[name]);
  }
  checkChoice("input.kind", config.input.kind, ["embedding", "one-hot"]);
  if (config.input.kind === "embedding") checkCount("input.width", config.input.width);
  checkChoice("activation", config.activation, ["relu", "gelu", "silu"]);
  checkChoice("initialisation", config.initialisation, initialisations);
  checkScale("initialScale", config.initialScale);
  checkScale("outputScale", config.outputScale);
  if (!Number.isFinite(config.alpha)) {
    throw new RangeError(`alpha is ${config.alpha}: it must be a finite number`);
  }
}
