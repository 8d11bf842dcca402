import * as tf from "@tensorflow/tfjs-core";
import type { Progress } from "../run/checkpoint";
import { DivergenceError } from "./divergence";

/** Losses that wait on the device, at most; more make its queue long on WebGPU. */
const maxPending = 100;

interface Pending {
  step: number;
  loss: tf.Tensor;
  /** Null of answers that are values. */
  correct: tf.Tensor | null;
  examples: number;
}

/**
 * The training steps' losses and right answers. They stay on the device and are read many at once,
 * so that no step waits for the one before it. Sums are formed in double precision, step by step,
 * so that they do not depend on when the losses are read.
 */
export class StepLosses {
  /** Sums since {@link reset}, of the steps read so far. */
  sums: Progress["running"];
  /** The newest loss read. */
  last: number | null = null;
  #pending: Pending[] = [];

  constructor(sums: Progress["running"] = { loss: 0, correct: 0, examples: 0 }) {
    this.sums = { ...sums };
  }

  /** Takes over a step's scalars. */
  add(step: number, loss: tf.Tensor, correct: tf.Tensor | null, examples: number): void {
    this.#pending.push({ step, loss, correct, examples });
  }

  /** Whether it is time to {@link read}. */
  get isFull(): boolean {
    return this.#pending.length >= maxPending;
  }

  /**
   * Reads what waits on the device.
   *
   * @throws DivergenceError for the first loss that is not finite
   */
  async read(): Promise<void> {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    const scalars = pending.map(({ loss }) => loss);
    const counts = pending.flatMap(({ correct }) => correct ?? []);
    const stacked = tf.stack([...scalars, ...counts]); // [2 · steps], or [steps] without counts
    tf.dispose([scalars, counts]);
    const values = await stacked.data();
    stacked.dispose();
    for (const [i, { step, examples }] of pending.entries()) {
      const loss = values[i] as number;
      if (!Number.isFinite(loss)) throw new DivergenceError("The training loss", loss, step);
      this.last = loss;
      this.sums.loss += loss * examples;
      if (counts.length > 0) this.sums.correct += values[pending.length + i] as number;
      this.sums.examples += examples;
    }
  }

  /** Begins the sums again. */
  reset(): void {
    this.sums = { loss: 0, correct: 0, examples: 0 };
  }

  dispose(): void {
    for (const { loss, correct } of this.#pending) tf.dispose([loss, correct ?? []]);
    this.#pending = [];
  }
}
