import { ExperimentError } from "../experiment/error";
import { fieldsAt } from "../experiment/field";
import { describeMetrics } from "../experiment/metric-names";
import type { KindsWithSchema } from "../kind/kinds";
import { type Flag, type FlagGroup, field } from "./flag";
import { kindFlags, modelFlags, transformFlags } from "./kind-flags";

type Row = Parameters<typeof field>[4];

/**
 * Every option of `grok train` for experiments of some kinds, in the order of its help. The command
 * builds its options and help from this table, and `resolveExperiment` takes what they were given.
 *
 * @throws ExperimentError if the flags of two settings have one name
 */
export function flagsOf(kinds: KindsWithSchema): readonly Flag[] {
  const at = (group: FlagGroup, name: string, path: string, row?: Row) =>
    field(kinds.schema, group, name, path, row);
  const described = (path: string): string =>
    (fieldsAt(kinds.schema, path)[0]?.description ?? "") as string;
  const optimizers = [...kinds.optimizers.values()] as never[];
  const all = [
    at("task", "task", "task.kind", {
      description: "what is learned; --op chooses between modular and permutation by itself",
      decides: true,
    }),
    ...kindFlags(kinds, "task", "task", [...kinds.tasks.values()] as never[]),

    at("model", "model", "model.architecture", {
      description: "the network's architecture",
      decides: true,
    }),
    ...modelFlags(kinds),

    at("optimizer", "optimizer", "optimizer.kind", {
      description: "how the weights follow from the gradients",
      decides: true,
    }),
    at("optimizer", "lr", "optimizer.lr", { aliases: ["learning-rate"] }),
    at("optimizer", "weight-decay", "optimizer.weightDecay"),
    at("optimizer", "decay", "optimizer.decay"),
    at("optimizer", "warmup-steps", "optimizer.warmupSteps"),
    at("optimizer", "warmup-offset", "optimizer.warmupOffset"),
    at("optimizer", "schedule", "optimizer.schedule.kind", {
      description: "the learning rate after warm-up",
      decides: true,
    }),
    ...kindFlags(kinds, "optimizer", "optimizer.schedule", [
      ...kinds.schedules.values(),
    ] as never[]),
    ...kindFlags(kinds, "optimizer", "optimizer", optimizers),
    ...transformFlags(kinds),
    at("optimizer", "weight-norm", "optimizer.weightNorm"),
    at("optimizer", "parameter-groups", "optimizer.parameterGroups"),

    at("training", "steps", "training.steps"),
    unplaced("training", "epochs", "number", {
      aliases: ["n-epochs"],
      description: "passes over the training set to make, instead of --steps",
    }),
    at("training", "batch-mode", "training.batch.mode", {
      description: described("training.batch"),
      decides: true,
    }),
    at("training", "batch-size", "training.batch.size"),
    at("training", "batch-seed", "training.batch.seed"),
    at("training", "loss", "training.loss", { decides: true }),
    ...kindFlags(kinds, "training", "training", [...kinds.losses.values()] as never[]),
    at("training", "label-noise", "training.labelNoise"),
    at("training", "train-metric", "training.trainMetric"),
    at("training", "eval-every", "training.evalEvery", { aliases: ["log-every"] }),
    at("training", "eval-at-start", "training.evalAtStart"),
    at("training", "grok-threshold", "training.grokThreshold"),
    at("training", "grok-loss", "training.grokLoss"),
    at("training", "mem-loss", "training.memLoss"),
    at("training", "stop-on-grok", "training.stopOnGrok"),
    at("training", "metrics", "metrics", { description: describeMetrics(kinds.metrics) }),
    at("training", "metrics-every", "training.metricsEvery", {
      description: `${described("training.metricsEvery")}; with --metrics default as many as keep them under a tenth of the time`,
    }),
    unplaced("training", "order-params", "boolean", {
      description: "add the group order-parameters to --metrics",
    }),
    at("training", "checkpoint-every", "training.checkpointEvery"),
    at("training", "checkpoint-at", "training.checkpointAt"),
    at("training", "keep-checkpoints", "training.keepCheckpoints"),
    at("training", "change", "changes", { aliases: ["changes"] }),

    at("run", "seed", "seed"),
    at("run", "backend", "backend"),
    at("run", "threads", "threads"),
    at("run", "shared-prefixes", "shortcuts.sharedPrefixes"),
    at("run", "answer-only", "shortcuts.answerOnly"),
    at("run", "token-tables", "shortcuts.tokenTables"),

    // What the command does with a run; no part of the experiment.
    unplaced("output", "out-dir", "string", {
      aliases: ["save-dir"],
      description: "folder of the run",
    }),
    unplaced("output", "save-plot", "string", {
      description: "also save the plot of both accuracies to this file",
    }),
    unplaced("output", "plots", "boolean", { description: "draw the run's figures" }),
  ];
  checkNames(all);
  return all;
}

function unplaced(
  group: FlagGroup,
  name: string,
  type: Flag["type"],
  { aliases = [], description }: { aliases?: string[]; description: string },
): Flag {
  return {
    name,
    aliases,
    group,
    path: null,
    type,
    choices: null,
    description,
    decides: false,
    isFile: false,
  };
}

function checkNames(all: readonly Flag[]): void {
  const taken = new Map<string, Flag>();
  for (const flag of all) {
    for (const name of [flag.name, ...flag.aliases]) {
      const other = taken.get(name);
      if (other !== undefined) {
        throw new ExperimentError(
          `--${name} would set ${flag.path ?? flag.name} and ${other.path ?? other.name}; give the setting another flag, as with flags: { ${flag.path?.split(".").at(-1)}: { name: "…" } }.`,
        );
      }
      taken.set(name, flag);
    }
  }
}
