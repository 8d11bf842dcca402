import type { AblatedView, NeuronsView, NeuronView } from "../network/ablation";
import type { PairLook } from "../network/inspector";
import type { PhasesView } from "../network/phases";
import type { Question } from "./observer";

/** Questions to the network of the run that is shown, which its newest weights answer. */
export class NetworkQuestions {
  readonly #ask: <T>(question: Question<T>) => Promise<T>;

  /** @param ask answers a question with the newest weights that can be had; rejects if there are none */
  constructor(ask: <T>(question: Question<T>) => Promise<T>) {
    this.#ask = ask;
  }

  /** The logits and the attention of one input. */
  at(a: number, b: number): Promise<PairLook> {
    return this.#ask((inspector, parameters, step) => inspector.at(parameters, { step, a, b }));
  }

  /** How the network answers without some parts. */
  ablate(parts: string[]): Promise<AblatedView> {
    return this.#ask(async (inspector, parameters, step) =>
      (await inspector.ablator()).ablate(parameters, step, parts),
    );
  }

  /** The frequency of each neuron of a layer. */
  neurons(layer: number): Promise<NeuronsView> {
    return this.#ask(async (inspector, parameters, step) =>
      (await inspector.ablator()).neurons(parameters, step, layer),
    );
  }

  /** What one neuron does. */
  neuron(layer: number, neuron: number): Promise<NeuronView> {
    return this.#ask(async (inspector, parameters, step) =>
      (await inspector.ablator()).neuron(parameters, step, { layer, neuron }),
    );
  }

  /** The phases of the hidden neurons; null if they have none. */
  phases(): Promise<PhasesView | null> {
    return this.#ask((inspector, parameters, step) => inspector.phases(parameters, step));
  }

  /** Measures that views leave out for their cost. */
  measure(names: string[]): Promise<Record<string, number | null>> {
    return this.#ask((inspector, parameters) => inspector.measure(parameters, names));
  }
}
