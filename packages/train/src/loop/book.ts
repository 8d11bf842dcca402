import { GrokDetector } from "@grok/metrics";
import type { Experiment } from "../experiment/experiment";
import type { Checkpoint, Progress } from "../run/checkpoint";
import type { EvaluationRecord, Summary } from "../run/record";

/** What a run remembers of its course besides tensors. */
export class Book {
  /** Updates made. */
  step = 0;
  bestValAcc: number | null = null;
  records = 0;
  /** Seconds spent in measures so far. */
  metricsSec = 0;
  lastRecord: EvaluationRecord | null = null;
  readonly stepsPerEpoch: number | null;
  readonly #experiment: Experiment;
  readonly #detector: GrokDetector;
  readonly #elapsedBefore: number = 0;
  readonly #began = performance.now();

  constructor(experiment: Experiment, stepsPerEpoch: number | null, from: Checkpoint | null) {
    this.#experiment = experiment;
    this.stepsPerEpoch = stepsPerEpoch;
    const { grokThreshold } = experiment.training;
    this.#detector = new GrokDetector({ grokThreshold, reached: from?.progress });
    if (from === null) return;
    const { step, bestValAcc, records, lastRecord, elapsedSec, metricsSec } = from.progress;
    Object.assign(this, { step, bestValAcc, records, lastRecord, metricsSec });
    this.#elapsedBefore = elapsedSec;
  }

  /** Seconds of training so far, those before a resumption included. */
  get elapsedSec(): number {
    const seconds = this.#elapsedBefore + (performance.now() - this.#began) / 1000;
    return Math.round(seconds * 1000) / 1000;
  }

  /** Passes over the training set at a step; null where that never ends. */
  epochAt(step: number): number | null {
    return this.stepsPerEpoch === null ? null : step / this.stepsPerEpoch;
  }

  /** Notes an evaluation and says what happened for the first time. */
  observe(record: EvaluationRecord): ("t_mem" | "t_grok")[] {
    const before = this.#detector.milestones;
    const { tMem, tGrok } = this.#detector.add(record);
    const reached: ("t_mem" | "t_grok")[] = [];
    if (tMem !== before.tMem) reached.push("t_mem");
    if (tGrok !== before.tGrok) reached.push("t_grok");
    this.bestValAcc = Math.max(this.bestValAcc ?? 0, record.val_acc);
    this.records++;
    this.lastRecord = record;
    return reached;
  }

  /** Whether the network as it is has been evaluated. */
  get isEvaluated(): boolean {
    return this.lastRecord?.step === this.step;
  }

  get hasNotGrokked(): boolean {
    return this.#detector.milestones.tGrok === null;
  }

  /** Whether nothing is left to do. */
  get isDone(): boolean {
    const { steps, stopOnGrok } = this.#experiment.training;
    return this.step >= steps || (stopOnGrok && this.#detector.milestones.tGrok !== null);
  }

  /** What a checkpoint keeps. */
  progress(running: Progress["running"]): Progress {
    const { step, bestValAcc, elapsedSec, metricsSec, records, lastRecord } = this;
    return {
      step,
      running,
      ...this.#detector.milestones,
      bestValAcc,
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
    const { tMem, tGrok } = this.#detector.milestones;
    const { parameters, backend, threads, error, isMeasured } = facts;
    const planned = tGrok === null ? "finished" : "grokked";
    return {
      status: ended === "planned" ? planned : ended,
      steps: this.step,
      epochs: this.epochAt(this.step),
      parameters,
      backend,
      best_val_acc: this.bestValAcc,
      t_mem: tMem,
      t_grok: tGrok,
      elapsed_sec: elapsedSec,
      ...(isMeasured ? { metrics_sec: Math.round(metricsSec * 1000) / 1000 } : {}),
      steps_per_sec: elapsedSec > 0 ? this.step / elapsedSec : null,
      threads,
      seed: this.#experiment.seed,
      ...(error === undefined ? {} : { error }),
    };
  }
}
