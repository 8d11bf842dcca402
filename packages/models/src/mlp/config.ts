import type { ActivationKind } from "@grok/ops";
import { type Initialisation, initialisations } from "../parameters/distribution";
import type { InitStds } from "../parameters/init-stds";

/** How an MLP sees its tokens. */
export type MlpInput =
  /** One embedding of `width` features shared by all slots, concatenated. */
  | { kind: "embedding"; width: number }
  /** A vector of the vocabulary with a one at each token; so each slot has tokens of its own. */
  | { kind: "one-hot" }
  /** Real numbers, `width` of an example; there are no tokens then, and vocabulary and slots are 0. */
  | { kind: "features"; width: number };

/**
 * Schemes by which an MLP's parameters begin: those of all networks, and `analytic`, the weights with
 * which squares of hidden features add modulo p without any training (Gromov 2023).
 */
export const mlpInitialisations = [...initialisations, "analytic"] as const;

/** See {@link mlpInitialisations}. */
export type MlpInitialisation = Initialisation | "analytic";

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
  /** Of the hidden layers; `none` is the identity, a deep linear network. */
  activation: ActivationKind;
  /** Hidden pre-activations are multiplied by width^−alpha. */
  alpha: number;
  initialisation: MlpInitialisation;
  /** Whether the linear layers have biases. */
  biases: boolean;
  /** Standard deviations of normal initial values by role, instead of the scheme's. */
  initStds?: InitStds;
  /** All initial parameters are multiplied by it, α of Omnigrok (Liu et al. 2022); default 1. */
  initialScale?: number;
  /** Logits are multiplied by it, α of Kumar et al. 2024; default 1. */
  outputScale?: number;
}
