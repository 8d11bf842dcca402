import { experimentSchema } from "../experiment/experiment";
import { fieldsAt } from "../experiment/field";
import { metricsDescription } from "../experiment/metrics";
import { type Flag, type FlagGroup, field } from "./flag";

const task: Flag[] = [
  field("task", "task", "task.kind", {
    description: "what is learned; --op chooses between modular and permutation by itself",
  }),
  field("task", "op", "task.op", { description: "the operation, modulo p or on S5" }),
  field("task", "p", "task.p"),
  field("task", "layout", "task.layout"),
  field("task", "train-fraction", "task.trainFraction", { aliases: ["train-frac"] }),
  field("task", "digits", "task.digits"),
  field("task", "curriculum", "task.curriculum", {
    description: "stages of addition as STEPS:DIGITS,…; the last goes on",
  }),
  field("task", "test-size", "task.testSize"),
  field("task", "test-seed", "task.testSeed"),
  field("task", "bits", "task.bits"),
  field("task", "relevant", "task.relevant"),
  field("task", "samples", "task.samples"),
  field("task", "bits-seed", "task.bitsSeed"),
];

const model: Flag[] = [
  field("model", "model", "model.architecture", { description: "the network's architecture" }),
  field("model", "d-model", "model.dModel"),
  field("model", "n-heads", "model.heads"),
  field("model", "n-layers", "model.layers"),
  field("model", "mlp-mult", "model.mlpMult"),
  field("model", "dropout", "model.dropout"),
  field("model", "positions", "model.positions"),
  field("model", "ffn-bias", "model.ffnBias"),
  field("model", "tied-head", "model.tiedHead"),
  field("model", "width", "model.width"),
  field("model", "depth", "model.depth"),
  field("model", "embed-dim", "model.embedDim"),
  field("model", "alpha", "model.alpha"),
  field("model", "init-scale", "model.initialScale"),
  field("model", "output-scale", "model.outputScale"),
];

const optimizer: Flag[] = [
  field("optimizer", "optimizer", "optimizer.kind", {
    description: "how the weights follow from the gradients",
  }),
  field("optimizer", "lr", "optimizer.lr"),
  field("optimizer", "weight-decay", "optimizer.weightDecay"),
  field("optimizer", "decay", "optimizer.decay"),
  field("optimizer", "warmup-steps", "optimizer.warmupSteps"),
  field("optimizer", "warmup-offset", "optimizer.warmupOffset"),
  field("optimizer", "schedule", "optimizer.schedule.kind", {
    description: "the learning rate after warm-up",
  }),
  field("optimizer", "final-lr", "optimizer.schedule.finalLr"),
  field("optimizer", "schedule-steps", "optimizer.schedule.endStep"),
  field("optimizer", "beta1", "optimizer.beta1"),
  field("optimizer", "beta2", "optimizer.beta2"),
  field("optimizer", "eps", "optimizer.eps"),
  field("optimizer", "bias-correction", "optimizer.biasCorrection"),
  field("optimizer", "momentum", "optimizer.momentum"),
  field("optimizer", "nesterov", "optimizer.nesterov"),
  field("optimizer", "adam-lr", "optimizer.adamLr"),
  field("optimizer", "clip", "optimizer.clip"),
  field("optimizer", "grokfast", "optimizer.grokfast.kind", {
    description: "amplify the gradient's slow part: its exponential or windowed average",
  }),
  field("optimizer", "grokfast-alpha", "optimizer.grokfast.alpha"),
  field("optimizer", "grokfast-lambda", "optimizer.grokfast.lambda"),
  field("optimizer", "grokfast-window", "optimizer.grokfast.window"),
  field("optimizer", "orthograd", "optimizer.orthograd"),
  field("optimizer", "weight-norm", "optimizer.weightNorm"),
];

const training: Flag[] = [
  field("training", "steps", "training.steps"),
  {
    name: "epochs",
    aliases: ["n-epochs"],
    group: "training",
    path: null,
    type: "number",
    choices: null,
    description: "passes over the training set to make, instead of --steps",
  },
  field("training", "batch-mode", "training.batch.mode", {
    description: fieldDescription("training.batch"),
  }),
  field("training", "batch-size", "training.batch.size"),
  field("training", "loss", "training.loss"),
  field("training", "loss-precision", "training.lossPrecision"),
  field("training", "train-metric", "training.trainMetric"),
  field("training", "eval-every", "training.evalEvery", { aliases: ["log-every"] }),
  field("training", "eval-at-start", "training.evalAtStart"),
  field("training", "grok-threshold", "training.grokThreshold"),
  field("training", "stop-on-grok", "training.stopOnGrok"),
  field("training", "metrics", "metrics", { description: metricsDescription }),
  field("training", "metrics-every", "training.metricsEvery", {
    description: `${fieldDescription("training.metricsEvery")}; with --metrics default as many as keep them under a tenth of the time`,
  }),
  {
    name: "order-params",
    aliases: [],
    group: "training",
    path: null,
    type: "boolean",
    choices: null,
    description: "add the group order-parameters to --metrics",
  },
  field("training", "checkpoint-every", "training.checkpointEvery"),
  field("training", "keep-checkpoints", "training.keepCheckpoints"),
];

const run: Flag[] = [
  field("run", "seed", "seed"),
  field("run", "backend", "backend"),
  field("run", "threads", "threads"),
  field("run", "shared-prefixes", "shortcuts.sharedPrefixes"),
  field("run", "answer-only", "shortcuts.answerOnly"),
  field("run", "token-tables", "shortcuts.tokenTables"),
];

/** What the command does with a run; no part of the experiment. */
const output: Flag[] = [
  outputFlag("out-dir", "string", "folder of the run", ["save-dir"]),
  outputFlag("save-plot", "string", "also save the plot of both accuracies to this file"),
  outputFlag("plots", "boolean", "draw the run's figures"),
];

/**
 * Every option of `grok train`, in the order of its help. The command builds its options and help
 * from this table, and {@link resolveExperiment} takes what they were given.
 */
export const flags: readonly Flag[] = [
  ...task,
  ...model,
  ...optimizer,
  ...training,
  ...run,
  ...output,
];

const byName = new Map(flags.flatMap((flag) => [flag.name, ...flag.aliases].map((n) => [n, flag])));

/** The flag of that name or alias, without dashes. */
export function findFlag(name: string): Flag | undefined {
  return byName.get(name);
}

/** Every name and alias, for suggestions. */
export function flagNames(): string[] {
  return [...byName.keys()];
}

/** The flag that sets a place of the experiment. */
export function flagAt(path: string): Flag | undefined {
  return flags.find((flag) => flag.path === path);
}

function outputFlag(
  name: string,
  type: Flag["type"],
  description: string,
  aliases: string[] = [],
): Flag {
  const group: FlagGroup = "output";
  return { name, aliases, group, path: null, type, choices: null, description };
}

function fieldDescription(path: string): string {
  return (fieldsAt(experimentSchema, path)[0]?.description ?? "") as string;
}
