import type { TrainingData } from "@grok/data";
import type { ModelConfig } from "@grok/models";
import type { BuiltTask } from "../kind/task-kind";
import { assemble } from "./assembly";
import type { Experiment } from "./experiment";

/**
 * The task of an experiment of built-in kinds.
 *
 * @throws RangeError if its settings do not fit together, e.g. division by a modulus not prime
 */
export function taskOf(experiment: Pick<Experiment, "task" | "model">): BuiltTask {
  return assemble(experiment).task;
}

/** The training and validation examples of an experiment of built-in kinds. */
export function dataOf(
  experiment: Pick<Experiment, "task" | "model" | "training" | "seed">,
): TrainingData {
  return assemble(experiment).data();
}

/** The network of an experiment of built-in kinds, with the vocabulary, classes and length of its task. */
export function modelOf(experiment: Pick<Experiment, "task" | "model">): ModelConfig {
  return assemble(experiment).config as ModelConfig;
}
