import type { TrainingData } from "@grok/data";
import { type Score, weightNorm } from "@grok/metrics";
import type { Parameters } from "@grok/models";
import type { EvaluationRecord } from "../run/record";
import type { Batches } from "./batches";
import { DivergenceError } from "./divergence";
import { Evaluator } from "./evaluator";
import type { MetricsRecorder } from "./metrics-recorder";
import type { Network } from "./network";
import { NoiseEvaluator } from "./noise-evaluator";
import type { RunProgress } from "./run-progress";
import type { RunSchedule } from "./run-schedule";
import type { StepAhead } from "./step-ahead";
import type { StepLosses } from "./step-losses";
import type { ExtraColumns } from "./train-options";
import type { Yielder } from "./yielder";

/** What is evaluated, and how. */
interface RunEvaluationParts {
  network: Network;
  data: TrainingData;
  schedule: RunSchedule;
  recorder: MetricsRecorder;
  /** Whether train metrics are those of the whole training set, not of the steps. */
  isFull: boolean;
  /** What evaluates the training set by the next step, and that step's examples; null if nothing does. */
  ahead: { step: StepAhead; batches: Batches } | null;
}

/** Evaluates a run's network: its scores on both sets, and the metrics that are due. */
export class RunEvaluation {
  readonly #network: Network;
  readonly #schedule: RunSchedule;
  readonly #recorder: MetricsRecorder;
  readonly #validation: Evaluator;
  /** Null if the train metrics are those of the steps. */
  readonly #training: Evaluator | null;
  readonly #ahead: RunEvaluationParts["ahead"];
  /** Null without label noise. */
  readonly #noise: NoiseEvaluator | null;
  /** Losses of the best constant answers, of answers that are values. */
  readonly #baselines: { training: number | null; validation: number | null };

  constructor({ network, data, schedule, recorder, isFull, ahead }: RunEvaluationParts) {
    this.#network = network;
    this.#schedule = schedule;
    this.#recorder = recorder;
    this.#validation = new Evaluator(network, data.validation);
    this.#ahead = ahead;
    const isEvaluated = isFull && data.training && ahead === null;
    this.#training = isEvaluated ? new Evaluator(network, data.training) : null;
    this.#noise = NoiseEvaluator.of(network, data);
    // Answers that are values end: a task whose examples do not has labels.
    this.#baselines = {
      training: network.hasAccuracy ? null : network.baseline(data.trainSet(0)),
      validation: network.hasAccuracy ? null : network.baseline(data.validationSet),
    };
  }

  /**
   * The record of the step that a run has reached; the time of its metrics is added to the progress.
   *
   * @throws DivergenceError if a loss is not finite, StoppedError if the run is to stop
   */
  async record(
    parameters: Parameters,
    { progress, losses, yielder }: { progress: RunProgress; losses: StepLosses; yielder: Yielder },
  ): Promise<EvaluationRecord> {
    const { step } = progress;
    const validation = await this.#validation.evaluate(parameters, yielder);
    const { hasAccuracy } = this.#network;
    const { loss, correct, examples } = losses.sums;
    const training = (await this.#trainingScore(parameters, step, yielder)) ?? {
      loss: loss / examples,
      accuracy: hasAccuracy ? correct / examples : Number.NaN,
    };
    for (const [name, value] of [
      ["training", training.loss],
      ["validation", validation.loss],
    ] as const) {
      if (!Number.isFinite(value)) throw new DivergenceError(`The ${name} loss`, value, step);
    }
    const norm = await weightNorm(parameters);
    const noise = await this.#noise?.evaluate(parameters, yielder);
    const scores = {
      train_loss: training.loss,
      // NaN of answers that are values.
      train_acc: training.accuracy,
      val_loss: validation.loss,
      val_acc: validation.accuracy,
    };
    const explained: ExtraColumns = hasAccuracy
      ? {}
      : {
          train_explained: explainedShare(training.loss, this.#baselines.training),
          val_explained: explainedShare(validation.loss, this.#baselines.validation),
        };
    const isFirstGrokked = progress.isFirstGrokked({ ...scores, ...explained });
    const measured = await this.#recorder.measure(parameters, step, {
      yielder,
      isDue: this.#schedule.areMetricsDue(step, isFirstGrokked),
    });
    progress.metricsSec += measured.seconds;
    return {
      step,
      epoch: progress.epochAt(step),
      ...scores,
      elapsed_sec: progress.elapsedSec,
      weight_norm: norm,
      ...explained,
      ...noise,
      ...measured.columns,
    };
  }

  /** The score of the training set; null if the train metrics are those of the steps. */
  async #trainingScore(
    parameters: Parameters,
    step: number,
    yielder: Yielder,
  ): Promise<Pick<Score, "loss" | "accuracy"> | null> {
    if (this.#ahead !== null) {
      const { step: ahead, batches } = this.#ahead;
      await yielder.yieldOrStop();
      return batches.with(step, (ready) => ahead.score(parameters, ready, step));
    }
    return (await this.#training?.evaluate(parameters, yielder)) ?? null;
  }
}

/** R²: the share of what the best constant answer leaves that a loss does not; null without a baseline. */
function explainedShare(loss: number, baseline: number | null): number | null {
  return baseline === null || baseline === 0 ? null : 1 - loss / baseline;
}
