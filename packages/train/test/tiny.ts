import type { Experiment, RunStore } from "../src/index";
import { resolveExperiment } from "../src/index";
import type { GivenFlags } from "../src/preset/overrides";
import { type Checkpoint, decodeCheckpoint } from "../src/run/checkpoint";
import type { EvaluationRecord, Summary } from "../src/run/record";

const transformer = { p: 7, "d-model": 8, "batch-size": 8, steps: 12, "eval-every": 4 };
const mlp = { p: 7, width: 8, steps: 12, "eval-every": 4 };
const values = {
  task: "polynomial",
  features: 5,
  samples: 30,
  width: 8,
  steps: 12,
  "eval-every": 4,
};

/** Experiments of parts that came later, which other programs have not computed. */
export const laterExperiments: Record<string, Experiment> = {
  "regression on values": tiny("mlp", {
    ...values,
    "batch-size": 7,
    "train-metric": "running",
  }),
  "parameter groups": tiny("mlp", {
    ...mlp,
    "embed-dim": 4,
    "batch-size": 9,
    "weight-decay": 0.5,
    "parameter-groups": "layers.*.bias:weight-decay=0,lr=0.01;embedding:frozen",
  }),
  "false labels, squared errors and egalitarian descent": tiny("order-parameters", {
    ...mlp,
    loss: "mse",
    "label-noise": 0.2,
    activation: "square",
    egalitarian: true,
  }),
};

/** Experiments of a second or less, which between them go through every part of the loop. */
export const tinyExperiments: Record<string, Experiment> = {
  "running metrics over uneven batches": tiny("mlx", { ...transformer, "stop-on-grok": false }),
  dropout: tiny("mlx-swiglu", { ...transformer, "stop-on-grok": false }),
  "end-of-sequence answers, L2 and replacement": tiny("openai", {
    ...transformer,
    "n-heads": 2,
    "n-layers": 1,
    optimizer: "adam",
    "weight-decay": 0.1,
    "batch-mode": "replacement",
  }),
  "a full batch and Grokfast-MA": tiny("order-parameters", {
    ...mlp,
    grokfast: "ma",
    "grokfast-window": 5,
    "train-fraction": 0.5,
  }),
  "Muon and decay to the first weights": tiny("mlp", {
    ...mlp,
    "embed-dim": 4,
    "batch-size": 9,
    optimizer: "muon",
    decay: "init",
    "weight-decay": 0.5,
  }),
  "a stream, clipping, cosine and Grokfast-EMA": tiny("addition-777", {
    digits: 2,
    curriculum: "5:1,7:2",
    "test-size": 40,
    "batch-size": 8,
    steps: 12,
    "eval-every": 5,
    "warmup-steps": 3,
    "schedule-steps": 12,
    grokfast: "ema",
  }),
  "a fixed weight norm, scales, rotary positions and biases": tiny("grokfast-baseline", {
    ...transformer,
    "n-heads": 2,
    "n-layers": 1,
    "weight-norm": "initial",
    "init-scale": 0.8,
    "output-scale": 2,
    positions: "rotary",
    "ffn-bias": false,
    "tied-head": true,
    "stop-on-grok": false,
  }),
  "StableMax, a given weight norm and no biases": tiny("stablemax", { ...mlp, "weight-norm": 3 }),
  "momentum, ⊥Grad and StableMax": tiny("nanda", {
    p: 7,
    "d-model": 8,
    "n-heads": 2,
    steps: 12,
    "eval-every": 5,
    optimizer: "sgd",
    momentum: 0.9,
    nesterov: true,
    lr: 0.1,
    orthograd: true,
    loss: "stablemax",
  }),
};

/** A preset made small. */
export function tiny(preset: string, flags: GivenFlags): Experiment {
  return resolveExperiment({ preset, flags: { "checkpoint-every": 0, ...flags } });
}

/** A store that only remembers. */
export class MemoryStore implements RunStore {
  readonly records: EvaluationRecord[] = [];
  readonly checkpoints = new Map<number, Uint8Array>();
  summary: Summary | undefined;

  async append(record: EvaluationRecord): Promise<void> {
    this.records.push(record);
  }

  async saveCheckpoint(step: number, bytes: Uint8Array): Promise<string> {
    this.checkpoints.set(step, bytes);
    return `step ${step}`;
  }

  async finish(summary: Summary): Promise<void> {
    this.summary = summary;
  }

  /** The newest checkpoint. */
  async last(): Promise<Checkpoint> {
    const bytes = [...this.checkpoints.values()].at(-1);
    if (bytes === undefined) throw new Error("There is no checkpoint.");
    return decodeCheckpoint(bytes);
  }
}

/** What must be the same for the same run: all but the clock. */
export function timeless<T extends object>(data: T): T {
  return JSON.parse(
    JSON.stringify(data, (key, value) =>
      ["elapsed_sec", "elapsedSec", "steps_per_sec", "metrics_sec", "metricsSec"].includes(key)
        ? undefined
        : value,
    ),
  ) as T;
}

/** Runs something that tells events, and gives them all. */
export async function collect<E>(events: AsyncIterable<E>): Promise<E[]> {
  const all: E[] = [];
  for await (const event of events) all.push(event);
  return all;
}
