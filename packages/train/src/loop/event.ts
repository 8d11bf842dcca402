import type { Change } from "../change/change";
import type { Experiment } from "../experiment/experiment";
import type { DeviceLoss, EvaluationRecord, Summary } from "../run/record";

/** The run begins, or continues. */
export interface StartEvent {
  type: "start";
  experiment: Experiment;
  /** Numbers that the network learns. */
  parameters: number;
  /** Updates made before; 0 for a new run. */
  step: number;
  /** Updates that will have been made at the end, at most. */
  steps: number;
  /** Null if the training examples never end. */
  stepsPerEpoch: number | null;
  trainSize: number | null;
  validationSize: number;
  /** The tfjs backend that computes. */
  backend: string;
  /** How it rounds, where that differs: `fused` or `rounded`. */
  arithmetic: string;
}

/** A sign of life, at most every `progressMs`. */
export interface ProgressEvent {
  type: "progress";
  step: number;
  epoch: number | null;
  /** Since the last such event. */
  stepsPerSec: number;
  /** The newest loss of a training step that is known; null before the first. */
  loss: number | null;
}

/** The run was evaluated; the record is stored already. */
export interface EvaluationEvent {
  type: "evaluation";
  record: EvaluationRecord;
}

/** Something happened for the first time at an evaluation. */
export interface MilestoneEvent {
  type: "milestone";
  /** `t_mem`: train_acc > 0.99; `t_grok`: val_acc ≥ the grok threshold. */
  name: "t_mem" | "t_grok";
  step: number;
  epoch: number | null;
}

/** A checkpoint is stored. */
export interface CheckpointEvent {
  type: "checkpoint";
  step: number;
  /** What the store calls it. */
  name: string;
}

/** Something was changed in mid-run; the next update is the first under it. */
export interface ChangeEvent {
  type: "change";
  step: number;
  change: Change;
}

/** The device that computed was lost; the run continues from an earlier step. */
export interface DeviceLossEvent {
  type: "device-loss";
  loss: DeviceLoss;
}

/** The run has ended; the summary is stored. */
export interface EndEvent {
  type: "end";
  summary: Summary;
  /** What a failed run threw, if it threw something. */
  cause?: unknown;
}

/** What {@link train} reports. */
export type TrainEvent =
  | StartEvent
  | ProgressEvent
  | EvaluationEvent
  | MilestoneEvent
  | CheckpointEvent
  | ChangeEvent
  | DeviceLossEvent
  | EndEvent;
