import { type DetectionRecord, GrokDetector } from "@grok/metrics";
import type { Stretch } from "../change/stretch";
import type { Experiment } from "../experiment/experiment";
import type { Checkpoint, Progress } from "../run/checkpoint";
import type { EvaluationRecord, Summary } from "../run/record";

/** How far a run has come: its step, best scores and milestones, all that it remembers besides tensors. */
export class RunProgress {
  /** Updates made. */
  step = 0;
  /** Null without accuracies. */
  bestValAcc: number | null = null;
  /** Of answers that are values. */
  bestValLoss: number | undefined;
  records = 0;
  /** Seconds spent in measures so far. */
  metricsSec = 0;
  lastRecord: EvaluationRecord | null = null;
  /** Passes over the training set at a step; null if that never ends. */
  readonly epochAt: (step: number) => number | null;
  readonly #experiment: Experiment;
  readonly #detector: GrokDetector;
  readonly #elapsedBefore: number = 0;
  readonly #began = performance.now();

  constructor(
    { experiment, epochAt }: Pick<Stretch, "experiment" | "epochAt">,
    from: Checkpoint | null,
  ) {
    this.#experiment = experiment;
    this.epochAt = epochAt;
    const { grokThreshold, grokLoss, memLoss } = experiment.training;
    const reached = from?.progress;
    this.#detector = new GrokDetector({ grokThreshold, grokLoss, memLoss, reached });
    if (from === null) return;
    const { elapsedSec, ...progress } = from.progress;
    const { step, bestValAcc, bestValLoss, records, lastRecord, metricsSec } = progress;
    Object.assign(this, { step, bestValAcc, bestValLoss, records, lastRecord, metricsSec });
    this.#elapsedBefore = elapsedSec;
  }

  /** Seconds of training so far, those before a resumption included. */
  get elapsedSec(): number {
    const seconds = this.#elapsedBefore + (performance.now() - this.#began) / 1000;
    return Math.round(seconds * 1000) / 1000;
  }

  /** Notes an evaluation and says what happened for the first time. */
  observe(record: EvaluationRecord): ("t_mem" | "t_grok")[] {
    const before = this.#detector.milestones;
    const { tMem, tGrok } = this.#detector.add(record);
    const reached: ("t_mem" | "t_grok")[] = [];
    if (tMem !== before.tMem) reached.push("t_mem");
    if (tGrok !== before.tGrok) reached.push("t_grok");
    const { val_acc, val_loss } = record;
    if (Number.isNaN(val_acc)) this.bestValLoss = Math.min(this.bestValLoss ?? val_loss, val_loss);
    else this.bestValAcc = Math.max(this.bestValAcc ?? 0, val_acc);
    this.records++;
    this.lastRecord = record;
    return reached;
  }

  /** Whether the network as it is has been evaluated. */
  get isEvaluated(): boolean {
    return this.lastRecord?.step === this.step;
  }

  /** Whether an evaluation is the first that finds the run grokked. */
  isFirstGrokked(record: Omit<DetectionRecord, "step">): boolean {
    return this.#detector.milestones.tGrok === null && this.#detector.hasGrokked(record);
  }

  /** Whether nothing is left to do. */
  get isDone(): boolean {
    const { steps, stopOnGrok } = this.#experiment.training;
    return this.step >= steps || (stopOnGrok && this.#detector.milestones.tGrok !== null);
  }

  /** What a checkpoint keeps. */
  toSaved(running: Progress["running"]): Progress {
    const { step, bestValAcc, bestValLoss, elapsedSec, metricsSec, records, lastRecord } = this;
    return {
      step,
      running,
      ...this.#detector.milestones,
      bestValAcc,
      ...(bestValLoss === undefined ? {} : { bestValLoss }),
      elapsedSec,
      metricsSec,
      records,
      lastRecord,
    };
  }

  /** What summary.json says. A run that ended as planned has grokked if it ever did. */
  summary(
    ended: "planned" | "interrupted" | "failed",
    facts: Pick<Summary, "parameters" | "backend" | "threads" | "error"> & { isMeasured: boolean },
  ): Summary {
    const { elapsedSec, metricsSec } = this;
    const { tMem, tGrok, tUngrok } = this.#detector.milestones;
    const { parameters, backend, threads, error, isMeasured } = facts;
    const grokked = tUngrok === undefined ? "grokked" : "ungrokked";
    const planned = tGrok === null ? "finished" : grokked;
    return {
      status: ended === "planned" ? planned : ended,
      steps: this.step,
      epochs: this.epochAt(this.step),
      parameters,
      backend,
      best_val_acc: this.bestValAcc,
      ...(this.bestValLoss === undefined ? {} : { best_val_loss: this.bestValLoss }),
      t_mem: tMem,
      t_grok: tGrok,
      ...(tUngrok === undefined ? {} : { t_ungrok: tUngrok }),
      elapsed_sec: elapsedSec,
      ...(isMeasured ? { metrics_sec: Math.round(metricsSec * 1000) / 1000 } : {}),
      steps_per_sec: elapsedSec > 0 ? this.step / elapsedSec : null,
      threads,
      seed: this.#experiment.seed,
      ...(error === undefined ? {} : { error }),
    };
  }
}
