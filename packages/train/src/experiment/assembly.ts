import {
  preparingTrainingData,
  type TrainingData,
  type TrainingDataOptions,
  trainingData,
  trainSize,
} from "@grok/data";
import { type ModelConfig, type Network, networkOf } from "@grok/models";
import {
  byGroup,
  chain,
  fixedNorm,
  type GradientFilter,
  l2,
  matches,
  type Optimizer,
  type Schedule,
  sparing,
} from "@grok/optim";
import { type Collection, collect } from "../kind/collection";
import type { Loss, LossKind, TargetLosses } from "../kind/loss-kind";
import type { ModelKind } from "../kind/model-kind";
import type { ModelTraits } from "../kind/model-traits";
import type { OptimizerKind } from "../kind/optimizer-kind";
import type { BuiltTask, TaskKind } from "../kind/task-kind";
import { ExperimentError } from "./error";
import type { Experiment } from "./experiment";
import { printable } from "./printable";

/** What an {@link Assembly} is made from; a part that is not asked for may be missing. */
type Parts = Pick<Experiment, "task" | "model"> & Partial<Experiment>;

/** All that an experiment is made of, each part built when it is first asked for. */
export class Assembly {
  readonly kinds: Collection;
  readonly #parts: Parts;
  #task: BuiltTask | undefined;
  #built: ModelConfig | Network | undefined;
  #network: Network | undefined;

  constructor(parts: Parts, kinds: Collection = collect()) {
    this.#parts = parts;
    this.kinds = kinds;
  }

  /** The data that it is built from. */
  get experiment(): Experiment {
    return this.#parts as Experiment;
  }

  get taskKind(): TaskKind {
    return found("task", this.#parts.task.kind, this.kinds.tasks);
  }

  get modelKind(): ModelKind {
    return found("model", this.#parts.model.architecture, this.kinds.models);
  }

  get lossKind(): LossKind {
    return found("loss", this.experiment.training.loss, this.kinds.losses);
  }

  get optimizerKind(): OptimizerKind {
    return found("optimizer", this.experiment.optimizer.kind, this.kinds.optimizers);
  }

  /** What is known of the network before there is a task. */
  get traits(): ModelTraits {
    return traitsOf(this.#parts.model, this.modelKind);
  }

  /** @throws RangeError if its settings do not fit together, e.g. division by a modulus not prime */
  get task(): BuiltTask {
    this.#task ??= this.taskKind.build(this.#parts.task as never, { model: this.traits });
    return this.#task;
  }

  /** The network, with the vocabulary, classes and length of the task. */
  get network(): Network {
    this.#network ??= this.config === null ? (this.#built as Network) : networkOf(this.config);
    return this.#network;
  }

  /** The network as plain data, if it is one of @grok/models; else null. */
  get config(): ModelConfig | null {
    const { model } = this.#parts;
    this.#built ??= this.modelKind.build(model as never, this.task, model.architecture);
    return "forward" in this.#built ? null : this.#built;
  }

  /**
   * How many examples are trained on; null if they never end.
   *
   * @throws RangeError if the fraction leaves one of the two sets empty
   */
  get trainSize(): number | null {
    const { size, trainFraction } = this.task;
    return size === null ? null : trainSize(size, trainFraction ?? undefined);
  }

  /** How many examples a step is made of. */
  get batchSize(): number {
    const { batch } = this.experiment.training;
    return batch.mode === "full" ? (this.trainSize ?? 0) : batch.size;
  }

  /** Steps of a pass over the training set; null if the examples never end. */
  get stepsPerEpoch(): number | null {
    const { trainSize: size } = this;
    return size === null ? null : Math.ceil(size / this.batchSize);
  }

  /** The training and validation examples, made again. */
  data(): TrainingData {
    return trainingData(this.task, this.#dataOptions);
  }

  /** {@link data} piece by piece, so that something else can be done between. */
  preparingData(): Generator<void, TrainingData, void> {
    return preparingTrainingData(this.task, this.#dataOptions);
  }

  get #dataOptions(): TrainingDataOptions {
    const { training, seed } = this.experiment;
    const { batch } = training;
    const { trainFraction, testSeed } = this.task;
    return {
      seed,
      batchSeed: "seed" in batch ? batch.seed : undefined,
      mode: batch.mode === "stream" ? undefined : batch.mode,
      batchSize: batch.mode === "full" ? undefined : batch.size,
      trainFraction: trainFraction ?? undefined,
      testSeed,
      labelNoise: training.labelNoise,
    };
  }

  /** The loss of answers that are labels, made again. */
  loss(): Loss {
    return this.lossKind.build(this.experiment.training as never, this.task);
  }

  /**
   * The loss of answers that are real numbers, made again; null if they are labels.
   *
   * @throws ExperimentError if the experiment's loss is not for those
   */
  targetLosses(): TargetLosses | null {
    if (this.task.values === 0) return null;
    const { lossKind, experiment } = this;
    const losses = lossKind.ofTargets?.(experiment.training as never, this.task);
    if (losses !== undefined) return losses;
    throw new ExperimentError(
      `training.loss ${lossKind.name} is for labels, and the answers of task ${experiment.task.kind} are numbers; the loss can be ${lossesOfTargets(this.kinds).join(", ")}.`,
    );
  }

  /** The share of the learning rate at each step. */
  schedule(): Schedule {
    const { schedule, lr, warmupSteps, warmupOffset } = this.experiment.optimizer;
    const kind = found("schedule", schedule.kind, this.kinds.schedules);
    return kind.build(schedule as never, { lr, warmupSteps, warmupOffset });
  }

  /**
   * The optimizer with its schedule, gradient transforms and decay, made again.
   *
   * @throws RangeError if a setting is out of range
   */
  optimizer(): Optimizer {
    const { optimizer } = this.experiment;
    const { lr, weightDecay, decay, weightNorm, parameterGroups } = optimizer;
    const spares = parameterGroups.some(({ untransformed }) => untransformed);
    const isSpared = (name: string) =>
      parameterGroups.find(({ match }) => matches(match, name))?.untransformed ?? false;
    const isInGradient = decay === "l2" || decay === "loss";
    const filters: GradientFilter[] = decay === "loss" ? lossDecays(optimizer) : [];
    for (const [name, kind] of this.kinds.transforms) {
      if (!this.kinds.isOn(name, optimizer)) continue;
      const filter = kind.build(optimizer[name as keyof typeof optimizer] as never);
      if (filter !== null) filters.push(spares ? sparing(filter, isSpared) : filter);
    }
    const ruleOf = (ownLr: number, ownDecay: number): Optimizer => {
      const rule = this.optimizerKind.build(optimizer as never, {
        learningRate: ownLr,
        schedule: this.schedule(),
        weightDecay: isInGradient ? 0 : ownDecay,
        decayTo: decay === "init" ? "initial" : "zero",
      });
      return decay === "l2" ? chain(l2({ rate: ownDecay }), rule) : rule;
    };
    const rest = ruleOf(lr, weightDecay);
    const groups = parameterGroups.map(({ match, frozen = false, ...own }) => ({
      match,
      optimizer: frozen ? null : ruleOf(own.lr ?? lr, own.weightDecay ?? weightDecay),
    }));
    const rule = groups.length === 0 ? rest : byGroup(groups, rest);
    const chained = filters.length === 0 ? rule : chain(...filters, rule);
    return weightNorm === null || weightNorm === undefined
      ? chained
      : fixedNorm(chained, { norm: weightNorm });
  }
}

/** The decay as a term of the loss: before all transforms, for each group and for the rest. */
function lossDecays({
  weightDecay,
  parameterGroups,
}: Pick<Experiment["optimizer"], "weightDecay" | "parameterGroups">): GradientFilter[] {
  const groupOf = (name: string) => parameterGroups.find(({ match }) => matches(match, name));
  return [undefined, ...parameterGroups].map((group) =>
    sparing(l2({ rate: group?.weightDecay ?? weightDecay }), (name) => groupOf(name) !== group),
  );
}

/** All that an experiment is made of. */
export function assemble(experiment: Parts, kinds: Collection = collect()): Assembly {
  return new Assembly(experiment, kinds);
}

/** The names of the losses that are for real-valued answers. */
export function lossesOfTargets({ losses }: Collection): string[] {
  return Array.from(losses.values())
    .filter((kind) => kind.ofTargets !== undefined)
    .map(({ name }) => name);
}

/** What is known of a network from its settings alone. */
export function traitsOf(model: { architecture: string }, kind: ModelKind): ModelTraits {
  const { architecture: name } = model;
  return { name, ...kind.traits(model as never, name) };
}

function found<K>(what: string, name: string, kinds: ReadonlyMap<string, K>): K {
  const kind = kinds.get(name);
  if (kind !== undefined) return kind;
  throw new ExperimentError(
    `There is no ${what} ${printable(name)} here; there are ${[...kinds.keys()].join(", ")}. If an extension defines it, use that.`,
  );
}
