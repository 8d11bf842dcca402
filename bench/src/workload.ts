import { dataOf, type Experiment, resolveExperiment } from "@grok/train";

/** The workloads' names, in the order in which they are run. */
export const workloadIds = ["W0", "W1", "W2", "W3", "W4"] as const;

export type WorkloadId = (typeof workloadIds)[number];

/** A training step that is measured. */
export interface Workload {
  id: WorkloadId;
  /** For people. */
  title: string;
  preset: string;
  /** What is trained, without evaluations, checkpoints or an end. */
  experiment: Experiment;
  /** How many steps every implementation makes from the same weights on the same batches. */
  checkSteps: number;
}

/** How a workload is cut down for what is too slow for it. */
export interface Cut {
  /** Examples of a batch, at most; validation has a fiftieth of a table then. */
  examples?: number;
  /** Common first steps, at most. */
  checkSteps?: number;
}

const titles: Record<WorkloadId, { preset: string; title: string; checkSteps: number }> = {
  W0: { preset: "mlx", title: "Transformer, SwiGLU, 4 tokens, batch 512", checkSteps: 10 },
  W1: {
    preset: "paper_default",
    title: "Transformer, post-norm, 5 tokens, batch 512",
    checkSteps: 10,
  },
  W2: { preset: "mlp", title: "MLP on embeddings, batch 256", checkSteps: 10 },
  W3: {
    preset: "order-parameters",
    title: "MLP on one-hot operands, full batch 2,822",
    checkSteps: 10,
  },
  W4: {
    preset: "addition-777",
    title: "Transformer of 777 parameters, 33 tokens, batch 512",
    checkSteps: 40,
  },
};

/** More steps than any run makes. */
const endless = 1_000_000_000;

/**
 * A workload: a preset's training step.
 *
 * Two things differ from the preset, so that every step is like any other. W0 trains on as many
 * examples as fill its batches, 4,608 instead of 4,656, so that no epoch ends with a batch of 48. W4
 * is in its last stage, ten digits, from the first step.
 */
export function workload(id: WorkloadId, cut: Cut = {}): Workload {
  const { preset, title, checkSteps } = titles[id];
  const experiment = withBatchOf(resolveExperiment({ preset }), cut.examples);
  return {
    id,
    title,
    preset,
    checkSteps: Math.min(checkSteps, cut.checkSteps ?? checkSteps),
    experiment: {
      ...experiment,
      task: evenTask(experiment),
      training: {
        ...experiment.training,
        steps: endless,
        evalEvery: endless,
        evalAtStart: false,
        stopOnGrok: false,
        checkpointEvery: 0,
        trainMetric: "running",
      },
    },
  };
}

/** An experiment with small batches, and few examples to validate on, as that takes longer. */
function withBatchOf(experiment: Experiment, most = Number.POSITIVE_INFINITY): Experiment {
  const { task, training } = experiment;
  const { batch } = training;
  if (batch.mode === "full" || batch.size <= most) return experiment;
  return {
    ...experiment,
    task: "trainFraction" in task ? { ...task, trainFraction: 0.98 } : task,
    training: { ...training, batch: { ...batch, size: most } },
  };
}

/** The task, changed so that all steps are alike. */
function evenTask(experiment: Experiment): Experiment["task"] {
  const { task, training } = experiment;
  if (task.kind === "addition") {
    return { ...task, testSize: 1, curriculum: [{ steps: endless, digits: task.digits }] };
  }
  if (training.batch.mode !== "epoch") return task;
  const { trainSize, validationSet } = dataOf(experiment);
  const { size } = training.batch;
  const train = trainSize as number;
  return { ...task, trainFraction: (train - (train % size)) / (train + validationSet.size) };
}
