import type { DecayTarget } from "./optimizers/common-options";

/** When the learning rate is what share of itself. See the schedules of the same names. */
export type ScheduleConfig =
  | { kind: "constant" }
  | { kind: "linearWarmup"; steps: number; offset?: number }
  | {
      kind: "cosineDecay";
      totalSteps: number;
      warmupSteps?: number;
      final?: number;
      offset?: number;
    };

/** A change of the gradients. See the filters of the same names. */
export type FilterConfig =
  | { kind: "clip"; maxNorm: number }
  | { kind: "grokfastEma"; alpha?: number; lambda?: number }
  | { kind: "grokfastMa"; window?: number; lambda?: number }
  | { kind: "orthogonal" }
  | { kind: "egalitarian"; steps?: number };

/**
 * Weight decay: `zero` and `initial` are decoupled pulls to zero and to the first weights, `l2` is
 * a term of the gradient, added after all filters.
 */
export interface DecayConfig {
  form: DecayTarget | "l2";
  rate: number;
}

/** Parameters with settings of their own; those that are left out are the optimizer's. */
export interface GroupConfig {
  /** A parameter's name, or a pattern in which `*` stands for any text. */
  match: string;
  learningRate?: number;
  /** The rate of the weight decay, in the optimizer's form. */
  weightDecay?: number;
  /** Whether they stay as they are; default false. */
  frozen?: boolean;
  /** Whether all filters leave their gradients as they are; default false. */
  untransformed?: boolean;
}

interface CommonConfig {
  learningRate: number;
  /** Default constant. */
  schedule?: ScheduleConfig;
  /** From the loss's gradient to the optimizer, in this order. Default none. */
  filters?: readonly FilterConfig[];
  /** Default none; for `adamw` and only there zero at the rate .01, as in torch. */
  decay?: DecayConfig;
  /** Parameters that are trained otherwise; each belongs to the first group that it fits. Default none. */
  groups?: readonly GroupConfig[];
  /** See `fixedNorm`; default none. */
  weightNorm?: number | "initial";
}

interface AdamSettings {
  beta1?: number;
  beta2?: number;
  eps?: number;
  biasCorrection?: boolean;
}

/** See `sgd`. */
export interface SgdConfig extends CommonConfig {
  kind: "sgd";
  momentum?: number;
  dampening?: number;
  nesterov?: boolean;
}

/** See `adam`. Given a decoupled decay it is AdamW under another name. */
export interface AdamConfig extends CommonConfig, AdamSettings {
  kind: "adam";
}

/** See `adamW`. */
export interface AdamWConfig extends CommonConfig, AdamSettings {
  kind: "adamw";
}

/** See `lion`. */
export interface LionConfig extends CommonConfig {
  kind: "lion";
  beta1?: number;
  beta2?: number;
}

/** See `muonWithAdamW`. Schedule, filters and decay are for both; `learningRate` is Muon's. */
export interface MuonConfig extends CommonConfig {
  kind: "muon";
  momentum?: number;
  nesterov?: boolean;
  newtonSchulzSteps?: number;
  /** Names of the parameters that Muon takes; default the hidden matrices. */
  matrices?: readonly string[];
  /** For all other parameters. */
  adamw?: AdamSettings & { learningRate?: number };
}

/** An optimizer with all that belongs to it, as plain data. */
export type OptimizerConfig = SgdConfig | AdamConfig | AdamWConfig | LionConfig | MuonConfig;

/** The kinds of {@link OptimizerConfig}. */
export const optimizerKinds = [
  "sgd",
  "adam",
  "adamw",
  "lion",
  "muon",
] as const satisfies OptimizerConfig["kind"][];

/** The kinds of {@link FilterConfig}. */
export const filterKinds = [
  "clip",
  "grokfastEma",
  "grokfastMa",
  "orthogonal",
  "egalitarian",
] as const satisfies FilterConfig["kind"][];

/** The kinds of {@link ScheduleConfig}. */
export const scheduleKinds = [
  "constant",
  "linearWarmup",
  "cosineDecay",
] as const satisfies ScheduleConfig["kind"][];

/** The forms of {@link DecayConfig}. */
export const decayForms = ["zero", "initial", "l2"] as const satisfies DecayConfig["form"][];
