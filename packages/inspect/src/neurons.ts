import { type CyclicGroup, matrixOf, neuronFrequencies, neuronWaves } from "@grok/metrics";
import { type Activation, readActivations } from "./activations";
import { type Component, siteOf } from "./component";
import type { Site } from "./site";
import type { Subject } from "./subject";

/** A hidden neuron as a function of the two operands. */
export interface InspectedNeuron {
  readonly component: Extract<Component, { kind: "neuron" }>;
  /** The frequency that explains most of its activation over all pairs; 0 if it is constant. */
  readonly frequency: number;
  /** The share of its variance over pairs that this frequency explains. */
  readonly explained: number;
  /** φ of its mean activation over a, A·cos(2πkx/n + φ), in radians; the same over b. */
  readonly phases: readonly [a: number, b: number];
}

/**
 * The frequency and the phases of every hidden neuron of a layer, over all pairs of the task's cyclic
 * group, at the position where the (first) answer is read.
 *
 * @param pairs a and b of each example, as elements, [size · 2]
 * @throws RangeError for a task that is no addition in a cyclic group, or whose pairs are not all there
 */
export async function inspectNeurons(
  subject: Subject,
  layer: number,
  pairs: Int32Array,
): Promise<InspectedNeuron[]> {
  const { network, group } = subject;
  if (group === null || group === undefined) {
    throw new RangeError(
      "the task is no addition in a cyclic group, so neurons have no frequencies",
    );
  }
  const { point } = siteOf(network, { kind: "neuron", layer, neuron: 0 });
  const { [point]: held } = await readActivations(subject, [point], answerPlace(subject, point));
  return wavesOf(held as Activation, group, pairs).map((wave, neuron) => ({
    component: { kind: "neuron", layer, neuron },
    ...wave,
  }));
}

/** The place of a point's tensor where the (first) answer is read; everything if it has no positions. */
export function answerPlace(
  { network, answerPositions }: Subject,
  point: string,
): NonNullable<Site["select"]> {
  const axes = network.points.find(({ name }) => name === point)?.axes ?? [];
  return axes.includes("position") ? { position: [answerPositions[0] as number] } : {};
}

/** How neurons depend on a and b. */
export type NeuronWave = Omit<InspectedNeuron, "component">;

/**
 * The frequency and the phases of each neuron.
 *
 * @param held activations of all examples, [examples, …, neurons]
 * @param pairs a and b of each example, as elements, [size · 2]
 */
export function wavesOf(
  { shape, values }: Activation,
  { order: n, elements }: CyclicGroup,
  pairs: Int32Array,
): NeuronWave[] {
  const neurons = shape.at(-1) as number;
  const exponent = new Map(Array.from(elements, (element, x) => [element, x]));
  const activations = new Float64Array(n * n * neurons);
  const found = new Set<number>();
  for (let row = 0; row < values.length / neurons; row++) {
    const x = exponent.get(pairs[2 * row] as number);
    const y = exponent.get(pairs[2 * row + 1] as number);
    if (x === undefined || y === undefined) continue;
    const start = row * neurons;
    activations.set(values.subarray(start, start + neurons), (x * n + y) * neurons);
    found.add(x * n + y);
  }
  if (found.size !== n * n) {
    throw new RangeError(
      `neurons need all ${n * n} pairs of the group, and there are ${found.size}`,
    );
  }
  const { frequencies, explained } = neuronFrequencies(matrixOf(activations, n * n, neurons), n);
  const [alongA, alongB] = [0, 1].map((operand) =>
    neuronWaves(meansOf(activations, n, neurons, operand)),
  );
  return Array.from(frequencies, (frequency, neuron) => ({
    frequency,
    explained: explained[neuron] as number,
    phases: [alongA?.phase(neuron, frequency) ?? 0, alongB?.phase(neuron, frequency) ?? 0],
  }));
}

/** Activations by one operand, averaged over the other, [n, neurons]. */
function meansOf(activations: Float64Array, n: number, neurons: number, operand: number) {
  const means = new Float64Array(n * neurons);
  for (let x = 0; x < n; x++) {
    for (let y = 0; y < n; y++) {
      const to = (operand === 0 ? x : y) * neurons;
      const at = (x * n + y) * neurons;
      for (let i = 0; i < neurons; i++) {
        means[to + i] = (means[to + i] as number) + (activations[at + i] as number) / n;
      }
    }
  }
  return matrixOf(means, n, neurons);
}
