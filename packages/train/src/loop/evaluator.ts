import { type Batch, rowsOf } from "@grok/data";
import type { Score } from "@grok/metrics";
import type { Parameters } from "@grok/models";
import type { Network, Part } from "./network";
import { Turns } from "./turns";

/** Examples of one pass: enough to keep every core busy, few enough for any memory. */
const mostExamples = 4096;

/** A set of examples that is evaluated again and again: it is planned once. */
export class Evaluator {
  readonly #network: Network;
  readonly #parts: Part[] = [];

  constructor(network: Network, examples: Batch) {
    this.#network = network;
    for (let from = 0; from < examples.size; from += mostExamples) {
      const to = Math.min(from + mostExamples, examples.size);
      const part = rowsOf(examples, from, to);
      this.#parts.push({ plan: network.plan(part, false), labels: part.labels });
    }
  }

  /**
   * Evaluates without dropout; everything is read from the device at once.
   *
   * @throws StoppedError where the run is to stop before that is done
   */
  evaluate(parameters: Parameters, turns = new Turns()): Promise<Score> {
    return this.#network.score(parameters, this.#inTurns(turns));
  }

  async *#inTurns(turns: Turns): AsyncGenerator<Part, void, void> {
    for (const part of this.#parts) {
      await turns.takeOrStop();
      yield part;
    }
  }
}
