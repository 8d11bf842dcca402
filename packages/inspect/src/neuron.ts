import type * as tf from "@tensorflow/tfjs-core";
import { type Activation, readActivations } from "./activations";
import { type Component, componentsOf, siteOf } from "./component";
import { answerPlace, type NeuronWave, wavesOf } from "./neurons";
import { hasAllPairs, type Subject } from "./subject";

/** All that one hidden neuron does, at the position where the (first) answer is read. */
export interface NeuronDetail {
  readonly component: Extract<Component, { kind: "neuron" }>;
  /** Its activation for each example, [examples]. */
  readonly activations: Float32Array;
  /**
   * What each element adds to it before its activation function, as a and as b: the mean over the other
   * operand, less the mean over all examples, [elements]. In the first layer of an MLP these are its
   * weights, up to a constant.
   */
  readonly inputs: readonly [a: Float32Array, b: Float32Array];
  /**
   * What it adds to each logit per unit of activation, [classes]: its weights out, through the
   * unembedding. A norm between them counts by its gain alone. Null for a neuron that other layers follow.
   */
  readonly outputs: Float32Array | null;
  /** Its frequency and phases; null for a task that is no addition in a cyclic group. */
  readonly wave: NeuronWave | null;
}

/**
 * Looks at one hidden neuron: its activation over all examples, its weights in and out, its frequency.
 *
 * @param pairs a and b of each example, as elements, [size · 2]
 * @throws RangeError for a neuron that there is not
 *
 * @example
 * const { activations, wave } = await inspectNeuron(subject, { layer: 0, neuron: 7 }, pairs);
 */
export async function inspectNeuron(
  subject: Subject,
  { layer, neuron }: { readonly layer: number; readonly neuron: number },
  pairs: Int32Array,
): Promise<NeuronDetail> {
  const { network } = subject;
  const component = { kind: "neuron", layer, neuron } as const;
  const { point } = siteOf(network, component);
  const before = `${point.slice(0, -".hidden".length)}${point.includes("feedForward") ? ".in" : ""}`;
  const select = { ...answerPlace(subject, point), neuron: [neuron] };
  const cache = await readActivations(subject, [point, before], select);
  const held = cache[point] as Activation;
  return {
    component,
    activations: held.values,
    inputs: inputsOf((cache[before] as Activation).values, pairs),
    outputs: await outputsOf(subject, layer, neuron),
    wave: hasAllPairs(subject) ? (wavesOf(held, subject.group, pairs)[0] as NeuronWave) : null,
  };
}

/** Means by one operand over the other, less the mean of all. */
function inputsOf(values: Float32Array, pairs: Int32Array): [a: Float32Array, b: Float32Array] {
  const elements = 1 + pairs.reduce((most, element) => Math.max(most, element), 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const by = (operand: number) => {
    const sums = new Float64Array(elements);
    const counts = new Float64Array(elements);
    for (const [row, value] of values.entries()) {
      const element = pairs[2 * row + operand] as number;
      sums[element] = (sums[element] as number) + value - mean;
      counts[element] = (counts[element] as number) + 1;
    }
    return Float32Array.from(sums, (sum, element) => sum / Math.max(1, counts[element] as number));
  };
  return [by(0), by(1)];
}

/** A row of the first factor from neurons to logits, through the others. */
async function outputsOf(
  { network, parameters }: Subject,
  layer: number,
  neuron: number,
): Promise<Float32Array | null> {
  const { neuronsToLogits } = network.anatomy;
  if (neuronsToLogits === null || layer !== componentsOf(network).neurons.length - 1) return null;
  let row: number[] = [];
  for (const [place, { parameter, transpose, gain = false }] of neuronsToLogits.entries()) {
    const tensor = parameters[parameter] as tf.Tensor;
    const values = await tensor.data();
    if (gain) {
      row = row.map((own, i) => own * (values[i] as number));
      continue;
    }
    const [rows, columns] = tensor.shape as [number, number];
    const [inputs, outputs] = transpose ? [columns, rows] : [rows, columns];
    const at = (i: number, j: number) =>
      values[transpose ? j * columns + i : i * columns + j] as number;
    const from =
      place === 0 ? Array.from({ length: inputs }, (_, i) => (i === neuron ? 1 : 0)) : row;
    row = Array.from({ length: outputs }, (_, j) =>
      from.reduce((sum, own, i) => (own === 0 ? sum : sum + own * at(i, j)), 0),
    );
  }
  return Float32Array.from(row);
}
