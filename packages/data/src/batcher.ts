import { lastOf } from "./pieces";
import { randomStream } from "./random/stream";
import { requireInteger, requireNamed } from "./requirement";

/**
 * How batches are taken from a finite training set. `epoch`: all examples in a new order each epoch,
 * the last batch smaller. `replacement`: independent uniform draws. `full`: everything, each step.
 */
export type BatchMode = "epoch" | "replacement" | "full";

/** Which examples each step trains on. */
export interface Batcher {
  /**
   * The steps that take as many examples as there are: ⌈size / batchSize⌉, and 1 for `full`. With
   * replacement that is a unit of counting only.
   */
  readonly stepsPerEpoch: number;
  /** The examples of a step, counted from 0: a pure function; the array is the caller's. */
  indices(step: number): Int32Array;
  /** Does what takes long of {@link indices} beforehand, piece by piece. */
  preparing(step: number): Generator<void, void, void>;
}

/** What {@link batcher} takes. */
export interface BatcherOptions {
  mode: BatchMode;
  /** How many examples there are. */
  size: number;
  /** Examples per step; `epoch` takes at most all of them, `full` does not read it. */
  batchSize?: number;
  seed: number;
}

const makers: ReadonlyMap<string, (size: number, batchSize: number, seed: number) => Batcher> =
  new Map([
    ["epoch", epochs],
    ["replacement", replacement],
    ["full", full],
  ]);

/** The names of the ways to take batches. */
export const batchModes = [...makers.keys()] as readonly BatchMode[];

/**
 * Makes the batches of a run: each is a pure function of (seed, step), in whatever order they are
 * asked for.
 *
 * @throws RangeError if the mode is unknown, or a size is no integer of at least 1
 */
export function batcher({ mode, size, batchSize, seed }: BatcherOptions): Batcher {
  const make = requireNamed("batch mode", mode, makers);
  requireInteger("The number of examples", size, 1);
  const perStep = mode === "full" ? size : requireInteger("The batch size", batchSize, 1);
  return make(size, perStep, seed);
}

function epochs(size: number, batchSize: number, seed: number): Batcher {
  const stepsPerEpoch = Math.ceil(size / batchSize);
  let order: { epoch: number; permutation: Int32Array } | undefined;
  /** The order of a step's epoch. */
  function* ordering(step: number): Generator<void, Int32Array, void> {
    requireInteger("The step", step, 0);
    const epoch = Math.floor(step / stepsPerEpoch);
    if (order?.epoch !== epoch) {
      const permutation = yield* randomStream(seed, "batch/epoch", epoch).permuting(size);
      order = { epoch, permutation };
    }
    return order.permutation;
  }
  return {
    stepsPerEpoch,
    indices: (step) => {
      const start = (step % stepsPerEpoch) * batchSize;
      return lastOf(ordering(step)).slice(start, start + batchSize);
    },
    *preparing(step) {
      yield* ordering(step);
    },
  };
}

/** Where nothing takes long. */
function* nothing(): Generator<void, void, void> {}

function replacement(size: number, batchSize: number, seed: number): Batcher {
  return {
    stepsPerEpoch: Math.ceil(size / batchSize),
    indices: (step) => randomStream(seed, "batch/replacement", step).integerArray(size, batchSize),
    preparing: nothing,
  };
}

function full(size: number): Batcher {
  return {
    stepsPerEpoch: 1,
    indices: (step) => {
      requireInteger("The step", step, 0);
      return Int32Array.from({ length: size }, (_, i) => i);
    },
    preparing: nothing,
  };
}
