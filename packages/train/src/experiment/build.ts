import {
  additionTask,
  binaryTask,
  parityTask,
  type Task,
  type TrainingData,
  trainingData,
  trainSize,
} from "@grok/data";
import {
  addition777,
  architectures,
  type ModelConfig,
  type PositionsConfig,
  type TransformerConfig,
} from "@grok/models";
import type { Experiment } from "./experiment";
import { isMlp, isOneHot } from "./model";

/**
 * The task of an experiment.
 *
 * @throws RangeError where its settings do not fit together, e.g. division by a modulus not prime
 */
export function taskOf({ task, model }: Pick<Experiment, "task" | "model">): Task {
  switch (task.kind) {
    case "modular":
      return binaryTask({ operation: task.op, p: task.p, layout: task.layout });
    case "permutation":
      return binaryTask({ operation: task.op, layout: task.layout });
    case "addition":
      return additionTask({
        digits: task.digits,
        curriculum: task.curriculum,
        testSize: task.testSize,
      });
    case "parity":
      return parityTask({
        bits: task.bits,
        relevant: task.relevant,
        samples: task.samples,
        seed: task.bitsSeed,
        layout: isOneHot(model.architecture) ? "one-hot" : "bits",
      });
  }
}

/**
 * How many examples are trained on; null where they never end.
 *
 * @throws RangeError as {@link taskOf}, or where the fraction leaves one of the two sets empty
 */
export function trainSizeOf({ task }: Pick<Experiment, "task">): number | null {
  switch (task.kind) {
    case "addition":
      return null;
    case "parity":
      return trainSize(task.samples, task.trainFraction);
    default: {
      const p = task.kind === "modular" ? task.p : undefined;
      const { elements, operation } = binaryTask({ operation: task.op, p });
      return trainSize(elements * (elements - operation.firstB), task.trainFraction);
    }
  }
}

/** The training and validation examples of an experiment. */
export function dataOf(
  experiment: Pick<Experiment, "task" | "model" | "training" | "seed">,
): TrainingData {
  const { task, training, seed } = experiment;
  const { batch } = training;
  return trainingData(taskOf(experiment), {
    seed,
    mode: batch.mode === "stream" ? undefined : batch.mode,
    batchSize: batch.mode === "full" ? undefined : batch.size,
    trainFraction: "trainFraction" in task ? task.trainFraction : undefined,
    testSeed: "testSeed" in task ? task.testSeed : undefined,
  });
}

/**
 * The network of an experiment: the named architecture with the experiment's sizes, and with the
 * vocabulary, classes and length of its task.
 */
export function modelOf({ task, model }: Pick<Experiment, "task" | "model">): ModelConfig {
  const { vocabulary, classes, length } = taskOf({ task, model });
  const { initialScale, outputScale } = model;
  const shape = { vocabulary, classes, initialScale, outputScale };
  if ("width" in model) {
    const base = architectures[model.architecture]();
    const embeds = model.architecture === "mlp";
    return {
      ...base,
      ...shape,
      slots: length,
      width: model.width,
      depth: model.depth,
      alpha: model.alpha,
      input: embeds ? { kind: "embedding", width: model.embedDim } : base.input,
    };
  }
  const { architecture, dModel, heads, layers, mlpMult, dropout, tiedHead } = model;
  const sizes = { width: dModel, heads, layers, multiplier: mlpMult, dropout, tiedHead };
  const network =
    architecture === "addition-777"
      ? addition777(sizes)
      : architectures[architecture](undefined, sizes);
  const { biases, positions } = network;
  return {
    ...network,
    ...shape,
    // Positions that no example reaches are part of the originals, so a longer context stays.
    context: Math.max(network.context, length),
    biases: { ...biases, feedForward: model.ffnBias ?? biases.feedForward },
    positions: positionsOf(model.positions ?? positions.kind, positions),
  };
}

/** A way to tell positions, with the architecture's own settings where it is the architecture's own. */
function positionsOf(kind: PositionsConfig["kind"], own: PositionsConfig): PositionsConfig {
  if (kind === own.kind) return own;
  // Su et al. 2021.
  return kind === "rotary" ? { kind, base: 1e4 } : { kind };
}

/** The sizes that an architecture has where nothing else is asked for. */
export function modelDefaults(
  architecture: Experiment["model"]["architecture"],
): Record<string, unknown> {
  if (isMlp(architecture)) {
    const { input, width, depth, alpha } = architectures[architecture]();
    const sizes = { width, depth, alpha };
    return input.kind === "embedding" ? { ...sizes, embedDim: input.width } : sizes;
  }
  const network: TransformerConfig = architectures[architecture]();
  const { width, heads, layers, dropout, tiedHead } = network;
  const small = architecture === "addition-777" || architecture === "tiny-modular";
  return {
    dModel: width,
    heads,
    layers,
    dropout,
    mlpMult: small ? 2 : 4,
    positions: network.positions.kind,
    ffnBias: network.biases.feedForward,
    tiedHead,
  };
}

/** The layout that an architecture was made for. */
export function layoutDefault(architecture: Experiment["model"]["architecture"]): string {
  switch (architecture) {
    case "mlp":
      return "pair";
    case "order-parameters":
    case "prieto":
      return "one-hot";
    case "power":
    case "openai":
    case "nanda":
      return architecture;
    default:
      return "mlx";
  }
}
