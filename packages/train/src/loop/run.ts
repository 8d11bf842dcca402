import type { TrainingData } from "@grok/data";
import { parameterCount } from "@grok/models";
import { backendFacts } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Stretch } from "../change/stretch";
import { measuresFor } from "../experiment/metrics";
import { checkAssembly } from "../extension/check-parts";
import type { Checkpoint } from "../run/checkpoint";
import { type Environment, environmentOf } from "../run/environment";
import { checkColumnsGoOn, ownColumns } from "../run/own-columns";
import type { DeviceLoss, EvaluationRecord, Summary } from "../run/record";
import { errorSentence } from "../run/system-error";
import { Batches } from "./batches";
import { DivergenceError } from "./divergence";
import type { TrainEvent } from "./event";
import { MetricsRecorder } from "./metrics-recorder";
import { Network } from "./network";
import type { Phase } from "./phase";
import { type Position, RunCheckpoints } from "./run-checkpoints";
import { RunEvaluation } from "./run-evaluation";
import { RunProgress } from "./run-progress";
import { RunSchedule } from "./run-schedule";
import { RunState } from "./run-state";
import { StepAhead } from "./step-ahead";
import { StepLosses } from "./step-losses";
import { registerGradientsFor } from "./stock-gradients";
import type { TrainOptions } from "./train-options";
import { StoppedError, Yielder } from "./yielder";

/** Where a run that cannot continue here can be taken up: its last evaluation or checkpoint. */
export interface Interrupted {
  error: unknown;
  /** The step that it had reached. */
  step: number;
  /** Null for the very beginning. */
  from: Checkpoint | null;
}

/** A run that has come to a change: its state before that. */
export interface ChangeDue {
  changeDue: Checkpoint;
}

/** What a run is made of besides its stretch. */
interface Parts {
  network: Network;
  data: TrainingData;
  state: RunState;
  recorder: MetricsRecorder;
  environment: Environment;
  isFirst: boolean;
  deviceLosses: readonly DeviceLoss[];
}

/** A run in progress, from where it begins or continues to its next change. */
export class Run {
  readonly #stretch: Stretch;
  readonly #isFirst: boolean;
  readonly #options: TrainOptions;
  readonly #schedule: RunSchedule;
  readonly #data: TrainingData;
  readonly #batches: Batches;
  readonly #network: Network;
  readonly #state: RunState;
  readonly #progress: RunProgress;
  readonly #losses: StepLosses;
  /** The next step's gradients, as far as evaluations compute them; null if none does. */
  readonly #ahead: StepAhead | null;
  readonly #evaluation: RunEvaluation;
  readonly #recorder: MetricsRecorder;
  readonly #yielder: Yielder;
  readonly #backend = tf.getBackend();
  readonly #environment: Environment;
  readonly #checkpoints: RunCheckpoints;
  /** Devices that were lost before. */
  readonly #deviceLosses: readonly DeviceLoss[];
  #phase: Phase | null = null;

  /**
   * @param isFirst whether the run begins or is resumed; else it continues and does not tell of a start
   * @param deviceLosses of the run so far
   */
  static async begin(
    stretch: Stretch,
    options: TrainOptions,
    { isFirst, deviceLosses }: { isFirst: boolean; deviceLosses: readonly DeviceLoss[] },
  ): Promise<Run> {
    const { assembly, experiment } = stretch;
    const { backend } = assembly.experiment;
    if (backend !== "auto" && backend !== tf.getBackend()) {
      throw new RangeError(
        `The experiment asks for the backend ${backend}, but tfjs runs ${tf.getBackend()}.`,
      );
    }
    const { modelKind, lossKind } = assembly;
    await registerGradientsFor({ experiment, modelKind, lossKind });
    const network = new Network(assembly);
    const measures = measuresFor(assembly);
    const recorder = new MetricsRecorder(measures, options.measure ?? null);
    const from = options.resumeFrom ?? null;
    if (options.measure === undefined && from !== null) {
      const { lastRecord } = from.progress;
      const records = lastRecord === null ? [] : [lastRecord];
      checkColumnsGoOn(ownColumns(records, measures?.measures ?? null));
    }
    const versions = { ...options.store?.versions, ...options.environment?.versions };
    const environment = await environmentOf({ ...options.environment, versions });
    // Before there are tensors, as the run may be told to stop meanwhile.
    const data = await new Yielder(options.signal).run(assembly.preparingData());
    const state =
      from === null ? RunState.initial(assembly, network) : RunState.restored(assembly, from);
    const run = new Run(stretch, options, {
      network,
      data,
      state,
      recorder,
      environment,
      isFirst,
      deviceLosses,
    });
    if (from !== null) return run;
    try {
      await checkAssembly(assembly, network, run.#data, state.parameters);
      return run;
    } catch (error) {
      run.dispose();
      throw error;
    }
  }

  private constructor(
    stretch: Stretch,
    options: TrainOptions,
    { network, data, state, recorder, environment, isFirst, deviceLosses }: Parts,
  ) {
    const { experiment } = stretch.assembly;
    const from = options.resumeFrom ?? null;
    this.#stretch = stretch;
    this.#isFirst = isFirst;
    this.#options = options;
    this.#network = network;
    this.#state = state;
    this.#recorder = recorder;
    this.#environment = environment;
    this.#yielder = new Yielder(options.signal);
    this.#schedule = new RunSchedule(experiment);
    this.#data = data;
    this.#batches = new Batches(experiment, this.#data, network);
    this.#progress = new RunProgress(stretch, from);
    this.#losses = new StepLosses(from?.progress.running);
    this.#checkpoints = new RunCheckpoints({
      from,
      identity: stretch.identity,
      environment,
      store: options.store,
      keepsSnapshot: options.recover !== undefined,
      onWrite: () => this.#enter("checkpoint write"),
    });
    this.#deviceLosses = deviceLosses;
    const isFull = experiment.training.trainMetric === "full";
    const schedule = this.#schedule;
    this.#ahead = StepAhead.of(experiment, network);
    const ahead = this.#ahead && { step: this.#ahead, batches: this.#batches };
    this.#evaluation = new RunEvaluation({ network, data, schedule, recorder, isFull, ahead });
  }

  async *events(): AsyncGenerator<TrainEvent, Summary | Interrupted | ChangeDue, void> {
    let summary: Summary;
    let cause: unknown;
    try {
      if (this.#isFirst) yield this.#start();
      const ended = yield* this.#steps();
      if (ended === "change") return { changeDue: await this.#checkpoints.take(this.#position) };
      this.#enter("end");
      summary = this.#summary(ended);
      await this.#options.store?.finish(summary);
    } catch (error) {
      if (this.#options.recover !== undefined && !(error instanceof DivergenceError)) {
        return { error, step: this.#progress.step, from: this.#checkpoints.snapshot };
      }
      cause = error;
      summary = await this.fail(error);
    }
    yield { type: "end", summary, ...(cause === undefined ? {} : { cause }) };
    return summary;
  }

  dispose(): void {
    this.#state.dispose();
    this.#losses.dispose();
    this.#batches.dispose();
    this.#ahead?.dispose();
  }

  async *#steps(): AsyncGenerator<TrainEvent, "planned" | "interrupted" | "change", void> {
    const progress = this.#progress;
    const { signal, until = Number.POSITIVE_INFINITY, progressMs = 100 } = this.#options;
    let told = { at: performance.now(), step: progress.step };
    // A run that was stopped in an evaluation continues with it.
    let owesEvaluation =
      progress.step > 0 && this.#schedule.isEvaluationDue(progress.step) && !progress.isEvaluated;
    while (owesEvaluation || !progress.isDone) {
      this.#options.store?.lost?.throwIfAborted();
      if (signal?.aborted || (progress.step >= until && !owesEvaluation)) {
        yield* this.#checkpoint({ interrupted: true });
        return "interrupted";
      }
      if (progress.step >= this.#stretch.end && !owesEvaluation) {
        // So that whatever comes of the change, the run can be taken up again before it.
        yield* this.#checkpoint();
        return "change";
      }
      this.#enter("training");
      if (!owesEvaluation) {
        if (!(await this.#prepared())) continue;
        this.#step();
      }
      if (this.#schedule.isEvaluationDue(progress.step)) {
        owesEvaluation = !(yield* this.#evaluate());
        if (owesEvaluation) continue;
      } else if (this.#losses.isFull) await this.#losses.read();
      if (progress.isDone || this.#schedule.isCheckpointDue(progress.step))
        yield* this.#checkpoint();
      if (!(await this.#yielder.yieldIfDue())) continue;
      const now = performance.now();
      if (now - told.at < progressMs) continue;
      const stepsPerSec = (1000 * (progress.step - told.step)) / (now - told.at);
      told = { at: now, step: progress.step };
      const epoch = progress.epochAt(progress.step);
      yield { type: "progress", step: progress.step, epoch, stepsPerSec, loss: this.#losses.last };
    }
    return "planned";
  }

  #start(): TrainEvent {
    const { trainSize, stepsPerEpoch, validation } = this.#data;
    return {
      type: "start",
      experiment: this.#stretch.experiment,
      parameters: parameterCount(this.#network.model),
      step: this.#progress.step,
      steps: this.#stretch.experiment.training.steps,
      stepsPerEpoch,
      trainSize,
      validationSize: validation.size,
      backend: this.#backend,
      arithmetic: this.#environment.arithmetic ?? "",
    };
  }

  /** Prepares the next step's examples; false if the run is to stop before that is done. */
  async #prepared(): Promise<boolean> {
    try {
      await this.#yielder.run(this.#data.preparing(this.#progress.step));
      return true;
    } catch (error) {
      if (error instanceof StoppedError) return false;
      throw error;
    }
  }

  #step(): void {
    const { step } = this.#progress;
    this.#batches.with(step, (ready) => {
      const computed = this.#ahead?.take() ?? null;
      const { loss, correct } = this.#state.step(this.#network, ready, step, computed);
      this.#progress.step++;
      this.#losses.add(this.#progress.step, loss, correct, ready.size);
    });
  }

  /** Evaluates; false if the run is to stop before that is done. */
  async *#evaluate(): AsyncGenerator<TrainEvent, boolean, void> {
    await this.#losses.read();
    this.#enter("evaluation");
    let record: EvaluationRecord;
    try {
      record = await this.#evaluation.record(this.#state.parameters, {
        progress: this.#progress,
        losses: this.#losses,
        yielder: this.#yielder,
      });
    } catch (error) {
      if (error instanceof StoppedError) return false;
      throw error;
    }
    const { step, epoch } = record;
    // Read before the record is stored: a device that is lost here has not evaluated.
    const tensors = this.#options.recover && (await this.#state.export(step));
    this.#enter("metrics write");
    await this.#options.store?.append(record);
    this.#losses.reset();
    const reached = this.#progress.observe(record);
    if (tensors !== undefined) this.#checkpoints.keep(tensors, this.#position);
    yield { type: "evaluation", record };
    for (const name of reached) yield { type: "milestone", name, step, epoch };
    return true;
  }

  /** Stores a checkpoint, unless there is the same already. */
  async *#checkpoint({ interrupted = false } = {}): AsyncGenerator<TrainEvent, void, void> {
    await this.#losses.read();
    const name = await this.#checkpoints.store(this.#position, interrupted);
    if (name !== null) yield { type: "checkpoint", step: this.#progress.step, name };
  }

  /** What a checkpoint of this moment holds. */
  get #position(): Position {
    return { state: this.#state, progress: this.#progress, losses: this.#losses };
  }

  #enter(phase: Phase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#options.onPhase?.(phase);
  }

  /** Ends the run as failed. */
  async fail(error: unknown): Promise<Summary> {
    if (error instanceof DivergenceError) this.#progress.step = error.step;
    const summary = this.#summary("failed", errorSentence(error));
    // The run has failed already; that its summary cannot be stored either is less.
    await this.#options.store?.finish(summary).catch(() => {});
    return summary;
  }

  #summary(ended: "planned" | "interrupted" | "failed", error?: string): Summary {
    const parameters = parameterCount(this.#network.model);
    const threads =
      this.#options.threads ?? this.#stretch.experiment.threads ?? backendFacts().threads ?? null;
    const { isMeasured } = this.#recorder;
    const facts = { parameters, backend: this.#backend, threads, error, isMeasured };
    const summary = this.#progress.summary(ended, facts);
    const { choice } = this.#options;
    return {
      ...summary,
      ...(choice === undefined ? {} : { backend_choice: choice }),
      ...(this.#deviceLosses.length === 0 ? {} : { device_losses: [...this.#deviceLosses] }),
    };
  }
}
