import type {
  CommonSettings,
  ModelSettings,
  OptimizerSettings,
  TaskSettings,
  TrainingSettings,
} from "../kinds/experiment-settings";

/**
 * An experiment as data: everything that its course depends on. The types are those of what is built
 * in; an experiment made of an extension's kinds has its names and settings instead.
 */
export interface Experiment extends CommonSettings {
  /** What is learned. */
  task: TaskSettings;
  /** The network: its name and its sizes. */
  model: ModelSettings;
  /** How the weights follow from the gradients. */
  optimizer: OptimizerSettings;
  /** How long and on what to train. */
  training: TrainingSettings;
}
