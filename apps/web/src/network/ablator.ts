import {
  ablation,
  answerSubject,
  type Component,
  hasAllPairs,
  inspectNeuron,
  inspectNeurons,
  outgoingRows,
  parseComponent,
  type Subject,
  type SubjectScore,
  scoreSubject,
} from "@grok/inspect";
import { matrixOf } from "@grok/metrics";
import type { Parameters } from "@grok/models";
import { type Assembly, subjectOf } from "@grok/train";
import type { AblatedView, NeuronsView, NeuronView } from "./ablation";
import { answersView } from "./answers";
import type { TableScene } from "./scene";

/** Takes parts out of a network, and looks at its neurons, on tfjs's current backend. */
export class Ablator {
  readonly #table: TableScene;
  /** a and b of each example, [examples · 2]. */
  readonly #pairs: Int32Array;
  /** The subject with the weights left out: its examples are planned once. */
  readonly #subject: Subject;
  /** The score of the whole network at the last step that was asked of. */
  #whole: { step: number; score: SubjectScore } | null = null;

  /** @throws ExperimentError for a task whose networks cannot be taken apart */
  constructor(assembly: Assembly, table: TableScene, pairs: Int32Array) {
    this.#table = table;
    this.#pairs = pairs;
    this.#subject = subjectOf(assembly, {});
  }

  /**
   * How the network answers without some parts.
   *
   * @param parts as `head:0.2`, `neuron:0.17` or `frequency:14`
   * @throws RangeError for a part that the network does not have
   */
  async ablate(
    parameters: Readonly<Parameters>,
    step: number,
    parts: readonly string[],
  ): Promise<AblatedView> {
    const began = performance.now();
    const subject = { ...this.#subject, parameters };
    if (this.#whole?.step !== step) {
      this.#whole = { step, score: await scoreSubject(subject) };
    }
    const components = parts.map(parseComponent);
    const { change, dispose } = await ablation(subject, components);
    try {
      const { score, logits } = await answerSubject(subject, change);
      const rows = subject.examples.size;
      // Only the first answer of an example is in the table.
      const classes = logits.length / rows / subject.answerPositions.length;
      return {
        step,
        parts,
        milliseconds: performance.now() - began,
        before: this.#whole.score,
        after: score,
        answers: answersView(matrixOf(logits, rows, classes), this.#pairs, this.#table),
        edits: this.#editsOf(components),
      };
    } finally {
      dispose();
    }
  }

  /** The frequency of each neuron of a layer. */
  async neurons(
    parameters: Readonly<Parameters>,
    step: number,
    layer: number,
  ): Promise<NeuronsView> {
    const subject = { ...this.#subject, parameters };
    if (!hasAllPairs(subject)) return { step, layer, frequencies: null, explained: null };
    const found = await inspectNeurons(subject, layer, this.#pairs);
    return {
      step,
      layer,
      frequencies: Int32Array.from(found, ({ frequency }) => frequency),
      explained: Float32Array.from(found, ({ explained }) => explained),
    };
  }

  /** What one neuron does with each pair. */
  async neuron(
    parameters: Readonly<Parameters>,
    step: number,
    place: { readonly layer: number; readonly neuron: number },
  ): Promise<NeuronView> {
    const subject = { ...this.#subject, parameters };
    const detail = await inspectNeuron(subject, place, this.#pairs);
    const { size, firstClass } = this.#table;
    const activations = new Float32Array(size * size).fill(Number.NaN);
    for (const [row, value] of detail.activations.entries()) {
      activations[(this.#pairs[2 * row] as number) * size + (this.#pairs[2 * row + 1] as number)] =
        value;
    }
    return {
      step,
      ...place,
      activations,
      inputs: detail.inputs,
      outputs: detail.outputs?.slice(firstClass, firstClass + size) ?? null,
      wave: detail.wave,
    };
  }

  /** The edits of a change that take the same parts out. */
  #editsOf(components: readonly Component[]): string | null {
    const { network, group } = this.#subject;
    const edits: string[] = [];
    const frequencies: number[] = [];
    for (const component of components) {
      if (component.kind === "frequency") frequencies.push(component.frequency);
      if (component.kind !== "head" && component.kind !== "neuron") continue;
      const rows = outgoingRows(network, component);
      if (rows === null) return null;
      const { parameter, first, last } = rows;
      edits.push(`zero-rows=${parameter}:${first === last ? first : `${first}-${last}`}`);
    }
    if (frequencies.length > 0) {
      // The edit's frequencies are over the symbols in their order, as those of an addition are.
      const isInOrder = group?.elements.every((element, x) => element === x) ?? false;
      const embedding = network.anatomy.embedding?.parameter;
      if (!isInOrder || embedding === undefined) return null;
      edits.push(`remove-frequencies=${embedding}:${frequencies.join("+")}`);
    }
    return edits.join(" ");
  }
}
