import type { NeuronDetail, SubjectScore } from "@grok/inspect";
import type { AnswersView } from "./view";

/** The parts of a network that can be taken out. */
export interface AblationScene {
  /** Heads per layer; empty without attention. */
  readonly heads: readonly number[];
  /** Hidden neurons per layer; empty if the network does not name them. */
  readonly neurons: readonly number[];
  /** The highest frequency of the embedding; 0 if it has none. */
  readonly highestFrequency: number;
}

/** How the network answers without some of its parts. Plain data. */
export interface AblatedView {
  readonly step: number;
  /** The parts that are out, as `head:0.2`, `neuron:0.17` and `frequency:14`. */
  readonly parts: readonly string[];
  /** What it took to compute. */
  readonly milliseconds: number;
  readonly before: SubjectScore;
  readonly after: SubjectScore;
  readonly answers: AnswersView;
  /** How a change in mid-run takes the same parts out, as `--change` has it; null if none does. */
  readonly edits: string | null;
}

/** The frequency of each neuron of a layer. */
export interface NeuronsView {
  readonly step: number;
  readonly layer: number;
  /** The frequency that explains most of each, 0 for a constant one: [neurons]; null without a group. */
  readonly frequencies: Int32Array | null;
  /** The share of the variance that it explains, [neurons]; null without a group. */
  readonly explained: Float32Array | null;
}

/** One neuron as a function of a and b, and its weights. */
export interface NeuronView {
  readonly step: number;
  readonly layer: number;
  readonly neuron: number;
  /** Its activation for each pair at a·size + b; NaN if there is no such pair: [size²]. */
  readonly activations: Float32Array;
  /** See `NeuronDetail` of @grok/inspect, [size] each. */
  readonly inputs: NeuronDetail["inputs"];
  /** What a unit of activation adds to the logit of each element, [size]; null if other layers follow. */
  readonly outputs: Float32Array | null;
  readonly wave: NeuronDetail["wave"];
}
