import { gather } from "@grok/data";
import {
  type AnswerMap,
  addingNeurons,
  addingWeights,
  answerMap,
  componentsOf,
  fourierPlane,
  fourierSpectrum,
  hasAddingNeurons,
  highestFrequency,
  matrixOf,
  operandEmbeddings,
  pairSpectrum,
  Snapshot,
  selectRows,
} from "@grok/metrics";
import * as tf from "@tensorflow/tfjs-core";
import type { Checkpoint } from "../run/checkpoint";
import type { Analysis } from "./analysis";
import { short } from "./spectra";

/** A network at one step, as pictures need it; what it cannot have is null. */
export interface CheckpointViews {
  readonly step: number;
  /** The first operand's embedding in the plane of one frequency, by the group's exponents. */
  readonly circle: {
    points: [number, number][];
    /** See `fourierPlane`. */
    roundness: number;
    /** The frequency's share of the embedding's power, the constant left out. */
    share: number;
  } | null;
  /** Per layer and head the mean attention over all pairs, [from][to]. */
  readonly attention: { layer: number; head: number; weights: number[][] }[] | null;
  /** The table of answers. */
  readonly answers: AnswerMap | null;
  /** Power of the logits at frequency j along a and k along b. */
  readonly periodicity: number[][] | null;
  /**
   * Of an MLP with one hidden layer on one-hot operands, per neuron its frequency, the share of its
   * weights' power there, φ_a ± φ_b as the operation adds or subtracts, and φ of its weights to the
   * answers, both in turns from −½ to ½.
   */
  readonly neurons: { frequency: number; share: number; operands: number; answer: number }[] | null;
}

/** Pairs looked at in one piece for attention. */
const maxRows = 2048;

/**
 * A checkpoint of an analysed run, as pictures need it.
 *
 * @param frequency of the plane in which the embedding is seen; null for none
 * @throws RangeError if the checkpoint is another experiment's or its weights are not finite
 */
export async function checkpointViews(
  analysis: Analysis,
  checkpoint: Checkpoint,
  frequency: number | null,
): Promise<CheckpointViews> {
  const { context } = analysis;
  const { step } = checkpoint.progress;
  if (context === null) {
    return { step, circle: null, attention: null, answers: null, periodicity: null, neurons: null };
  }
  const parameters = await analysis.parameters(checkpoint);
  try {
    const snapshot = new Snapshot(context, parameters);
    const { pairs, labels } = context.examples;
    const size = pairs.length === 0 ? 0 : 1 + pairs.reduce((most, each) => Math.max(most, each), 0);
    const { group } = snapshot;
    return {
      step,
      circle: group === null || frequency === null ? null : await circleOf(snapshot, frequency),
      attention: await attentionOf(analysis.assembly, parameters),
      answers:
        size === 0
          ? null
          : answerMap(await snapshot.logits(), { size, pairs, labels, train: context.train }),
      periodicity: group === null ? null : await periodicityOf(snapshot),
      neurons: await neuronsOf(snapshot),
    };
  } finally {
    tf.dispose(parameters);
  }
}

async function circleOf(snapshot: Snapshot, frequency: number): Promise<CheckpointViews["circle"]> {
  const [embedding] = await operandEmbeddings(snapshot);
  const { elements } = snapshot.group as NonNullable<Snapshot["group"]>;
  const rows = selectRows(embedding as NonNullable<typeof embedding>, elements);
  const { points, roundness } = fourierPlane(rows, frequency);
  const { power } = fourierSpectrum(rows);
  const flat = short(points.values);
  return {
    points: Array.from(elements, (_, i): [number, number] => [
      flat[2 * i] as number,
      flat[2 * i + 1] as number,
    ]),
    roundness,
    share: (power[frequency] as number) / power.subarray(1).reduce((sum, part) => sum + part, 0),
  };
}

async function neuronsOf(snapshot: Snapshot): Promise<CheckpointViews["neurons"]> {
  const { group } = snapshot;
  if (group === null || !hasAddingNeurons(snapshot.context)) return null;
  const turns = (radians: number) => {
    const turn = radians / (2 * Math.PI);
    return turn - Math.round(turn);
  };
  return addingNeurons(await addingWeights(snapshot)).map(({ frequency, share, phases }) => {
    const [a, b, c] = phases;
    const flat = short(Float64Array.of(share, turns(a + group.sign * b), turns(c)));
    const [ofShare, operands, answer] = flat as [number, number, number];
    return { frequency, share: ofShare, operands, answer };
  });
}

async function periodicityOf(snapshot: Snapshot): Promise<number[][]> {
  const { order: n, values } = await snapshot.pairLogits();
  const norms = pairSpectrum(matrixOf(values, n * n, n), n);
  const frequencies = Array.from({ length: highestFrequency(n) + 1 }, (_, k) => componentsOf(k, n));
  return frequencies.map((along) =>
    short(
      frequencies.map((across) =>
        along
          .flatMap((i) => across.map((j) => (norms.values[i * n + j] as number) ** 2))
          .reduce((sum, power) => sum + power, 0),
      ),
    ),
  );
}

async function attentionOf(
  { network, task }: Analysis["assembly"],
  parameters: Record<string, tf.Tensor>,
): Promise<CheckpointViews["attention"]> {
  const sizes = network.anatomy.attention;
  if (network.attention === undefined || sizes === null || task.kind !== "finite") return null;
  const attentionOfBatch = network.attention.bind(network);
  const dataset = task.dataset();
  const { length, answerPositions } = task;
  const sums = Array.from(
    { length: sizes.layers },
    () => new Float64Array(sizes.heads * length * length),
  );
  for (let from = 0; from < dataset.size; from += maxRows) {
    const size = Math.min(maxRows, dataset.size - from);
    const rows = Int32Array.from({ length: size }, (_, i) => from + i);
    const { tokens } = gather(dataset, rows);
    const totals = tf.tidy(() =>
      attentionOfBatch(parameters, { tokens, size, length, answerPositions }).map((pattern) =>
        tf.sum(pattern, 0),
      ),
    );
    for (const [layer, total] of totals.entries()) {
      for (const [i, sum] of (await total.data()).entries()) {
        const into = sums[layer] as Float64Array;
        into[i] = (into[i] as number) + sum;
      }
      total.dispose();
    }
  }
  return sums.flatMap((sum, layer) =>
    Array.from({ length: sizes.heads }, (_, head) => ({
      layer,
      head,
      weights: Array.from({ length }, (__, at) => {
        const start = (head * length + at) * length;
        return short(sum.subarray(start, start + length).map((each) => each / dataset.size));
      }),
    })),
  );
}
