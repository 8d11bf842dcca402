import {
  type AddingNeuron,
  addingNeurons,
  addingWeights,
  frequencyLottery,
  hasAddingNeurons,
  type LotteryWinner,
  Snapshot,
} from "@grok/metrics";
import type { LotteryNeuron } from "@grok/plot";
import type { Checkpoint } from "@grok/train";
import type { Analysis } from "@grok/train/analysis";
import * as tf from "@tensorflow/tfjs-core";
import { UsageError } from "../usage-error";

/** What `grok inspect --lottery --json` prints. */
export interface Lottery {
  run: string;
  step: number;
  /** The share of neurons that one frequency of all would win by chance. */
  chance: number;
  neurons: {
    neuron: number;
    predicted: number;
    /** How much later the next frequency would be through, as a factor. */
    lead: number;
    /** The frequency with most of the power of its weights at the step, and its share. */
    frequency: number;
    share: number;
  }[];
}

/** A lottery's record, and some of its neurons for a figure. */
export interface DrawnLottery {
  readonly lottery: Lottery;
  readonly drawn: readonly LotteryNeuron[];
}

/** How many neurons are drawn. */
const columns = 3;

/**
 * Which frequency each neuron of an x² network was to win by gradient flow from its initial weights, and
 * which one it has.
 *
 * @param checkpoints rising; the last one is judged
 * @throws UsageError for a network that the theory is not about
 */
export async function lotteryOf(
  run: string,
  analysis: Analysis,
  checkpoints: AsyncIterable<Checkpoint>,
): Promise<DrawnLottery> {
  const { context, assembly, experiment } = analysis;
  const activation = assembly.network.anatomy.mlp?.activation;
  if (context === null || !hasAddingNeurons(context) || activation !== "square") {
    throw new UsageError(
      "--lottery is about MLPs with one hidden layer of squares that add two one-hot operands, as preset quadratic: the theory is of these.",
    );
  }
  const sign = new Snapshot(context, {}).group?.sign ?? 1;
  const initial = assembly.network.initialise(experiment.seed);
  const weights = await addingWeights(new Snapshot(context, initial));
  const winners = frequencyLottery(weights, sign);
  const moments = [{ step: 0, neurons: addingNeurons(weights) }];
  tf.dispose(initial);
  for await (const checkpoint of checkpoints) {
    const parameters = await analysis.parameters(checkpoint);
    const neurons = addingNeurons(await addingWeights(new Snapshot(context, parameters)));
    tf.dispose(parameters);
    const { step } = checkpoint.progress;
    if (step > 0) moments.push({ step, neurons });
  }
  const last = moments.at(-1) as (typeof moments)[number];
  const lottery: Lottery = {
    run,
    step: last.step,
    chance: 1 / ((last.neurons[0]?.shares.length ?? 2) - 1),
    neurons: last.neurons.map(({ frequency, share }, neuron) => {
      const { frequency: predicted, lead } = winners[neuron] as LotteryWinner;
      return { neuron, predicted, lead, frequency, share };
    }),
  };
  return {
    lottery,
    drawn: chosenOf(winners).map((neuron) => ({
      neuron,
      predicted: (winners[neuron] as LotteryWinner).frequency,
      moments: moments.map(({ step, neurons }) => {
        const own = neurons[neuron] as AddingNeuron;
        return {
          step,
          shares: own.shares,
          misalignment: Array.from(own.shares, (_, k) => misalignmentOf(own, k, sign)),
        };
      }),
    })),
  };
}

/** φ_a ± φ_b − φ_c at a frequency, in turns from −½ to ½; 0 for the constant. */
function misalignmentOf({ phasesAt }: AddingNeuron, frequency: number, sign: number): number {
  if (frequency === 0) return 0;
  const [a, b, c] = phasesAt(frequency);
  const turn = (a + sign * b - c) / (2 * Math.PI);
  return turn - Math.round(turn);
}

/** Neurons in the middle of each third by their lead: a close, a usual and a clear lottery. */
function chosenOf(winners: readonly LotteryWinner[]): number[] {
  const order = [...winners.keys()].sort(
    (one, other) => (winners[one] as LotteryWinner).lead - (winners[other] as LotteryWinner).lead,
  );
  const places = Array.from({ length: columns }, (_, i) =>
    Math.floor(((i + 0.5) * order.length) / columns),
  );
  return [...new Set(places)].map((place) => order[place] as number);
}
