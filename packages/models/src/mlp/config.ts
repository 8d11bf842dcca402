import { type ActivationKind, activationKinds } from "@grok/ops";
import { checkChoice, checkCount, checkScale } from "../check";
import { type Initialisation, initialisations } from "../parameters/distribution";
import { checkInitStds, type InitStds } from "../parameters/init-stds";
import { checkAnalytic } from "./analytic";

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
  /** Standard deviations of normal initial values by role, in place of the scheme's. */
  initStds?: InitStds;
  /** All initial parameters are multiplied by it, α of Omnigrok (Liu et al. 2022); default 1. */
  initialScale?: number;
  /** Logits are multiplied by it, α of Kumar et al. 2024; default 1. */
  outputScale?: number;
}

/** Throws a RangeError unless the MLP can be built. */
export function checkMlpConfig(config: MlpConfig): void {
  const { input } = config;
  checkChoice("input.kind", input.kind, ["embedding", "one-hot", "features"]);
  const least = input.kind === "features" ? 0 : 1;
  for (const name of ["vocabulary", "slots"] as const) checkCount(name, config[name], least);
  for (const name of ["width", "depth", "classes"] as const) checkCount(name, config[name]);
  if (input.kind !== "one-hot") checkCount("input.width", input.width);
  checkChoice("activation", config.activation, activationKinds);
  checkInitStds(config.initStds);
  checkChoice("initialisation", config.initialisation, mlpInitialisations);
  if (config.initialisation === "analytic") checkAnalytic(config);
  checkScale("initialScale", config.initialScale);
  checkScale("outputScale", config.outputScale);
  if (!Number.isFinite(config.alpha)) {
    throw new RangeError(`alpha is ${config.alpha}: it must be a finite number`);
  }
}
