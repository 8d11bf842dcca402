import { type Experiment, type TrainEvent, train } from "@grok/train";
import * as tf from "@tensorflow/tfjs-core";
import type { Ready, Slice } from "../protocol.ts";

/** A short run of its own for the common first steps, each evaluated to learn its loss. */
export async function checkOurs(
  experiment: Experiment,
  steps: number,
  versions: Record<string, string>,
): Promise<Ready> {
  const { training } = experiment;
  const losses: number[] = [];
  let parameters = 0;
  for await (const event of train({
    ...experiment,
    training: { ...training, steps, evalEvery: 1 },
  })) {
    if (event.type === "start") parameters = event.parameters;
    if (event.type === "evaluation") losses.push(event.record.train_loss);
    if (event.type === "end" && event.summary.error !== undefined) {
      throw new Error(event.summary.error, { cause: event.cause });
    }
  }
  return { parameters, losses, versions: { ...versions, "tfjs-core": tf.version_core } };
}

/** The run that is measured: it continues while it is asked for its next event, and waits otherwise. */
export class OurTraining {
  readonly #events: AsyncGenerator<TrainEvent, unknown, void>;
  readonly #finish: (() => Promise<void>) | undefined;
  #step = 0;
  #loss: number | null = null;

  /** @param finish waits for the device, where there is one */
  constructor(experiment: Experiment, finish?: () => Promise<void>) {
    this.#events = train(experiment, { progressMs: 0 });
    this.#finish = finish;
  }

  async run(seconds: number): Promise<Slice> {
    if (this.#step === 0) await this.#advance();
    await this.#finish?.();
    const from = this.#step;
    const start = performance.now();
    const passed = () => (performance.now() - start) / 1000;
    do await this.#advance();
    while (passed() < seconds);
    await this.#finish?.();
    return { steps: this.#step - from, seconds: passed(), loss: this.#loss };
  }

  /** Goes on until steps have been made. */
  async #advance(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#events.next();
      const event = value as TrainEvent;
      if (done || event.type === "end") {
        throw new Error("the training ended", { cause: event.type === "end" ? event.cause : null });
      }
      if (event.type !== "progress") continue;
      this.#step = event.step;
      this.#loss = event.loss;
      return;
    }
  }
}
