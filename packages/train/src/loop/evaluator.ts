import { type Batch, type ExampleSet, exampleSet } from "@grok/data";
import type { Score } from "@grok/metrics";
import type { Parameters } from "@grok/models";
import type { EvalBatch, Network } from "./network";
import { Yielder } from "./yielder";

/** Examples of one pass: enough to keep every core busy, few enough for any memory. */
const maxExamples = 4096;

/** Examples whose plans are kept, at most: a plan takes more memory than its examples. */
const maxPlanned = 2 ** 18;

/** A set of examples that is evaluated again and again: unless it is very large, it is planned once. */
export class Evaluator {
  readonly #network: Network;
  readonly #examples: ExampleSet;
  /** Parts that were planned, by where they begin. */
  readonly #planned = new Map<number, EvalBatch>();

  constructor(network: Network, examples: Batch | ExampleSet) {
    this.#network = network;
    this.#examples = "part" in examples ? examples : exampleSet(examples);
  }

  /**
   * Evaluates without dropout; everything is read from the device at once.
   *
   * @throws StoppedError if the run is to stop before that is done
   */
  evaluate(parameters: Parameters, yielder = new Yielder()): Promise<Score> {
    return this.#network.score(parameters, this.#batches(yielder));
  }

  async *#batches(yielder: Yielder): AsyncGenerator<EvalBatch, void, void> {
    for (let from = 0; from < this.#examples.size; from += maxExamples) {
      await yielder.yieldOrStop();
      yield this.#part(from);
    }
  }

  #part(from: number): EvalBatch {
    const { size } = this.#examples;
    let part = this.#planned.get(from);
    if (part === undefined) {
      const examples = this.#examples.part(from, Math.min(from + maxExamples, size));
      part = { plan: this.#network.plan(examples, false), answers: examples };
      if (size <= maxPlanned) this.#planned.set(from, part);
    }
    return part;
  }
}
