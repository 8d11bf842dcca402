import { addingNeurons, addingWeights, hasAddingNeurons, type Snapshot } from "@grok/metrics";

/** The waves of the hidden neurons of a network that adds two one-hot operands. Plain data. */
export interface PhasesView {
  readonly step: number;
  /** The frequency that most of each neuron's weights are in, [neurons]. */
  readonly frequencies: Int32Array;
  /** The share of them that it holds, from 0 to 1, [neurons]. */
  readonly shares: Float32Array;
  /** φ_a + φ_b (φ_a − φ_b for a difference), in turns from −½ to ½, [neurons]. */
  readonly operands: Float32Array;
  /** φ of the weights to the answers, in turns, [neurons]. */
  readonly answers: Float32Array;
}

/**
 * The phases of hidden neurons, which the analytic solution (Gromov 2023) has equal: φ_a + φ_b = φ_c.
 *
 * @returns null for a network that is no MLP with one hidden layer over one-hot operands of a group
 */
export async function phasesView(snapshot: Snapshot, step: number): Promise<PhasesView | null> {
  const { group } = snapshot;
  if (group === null || !hasAddingNeurons(snapshot.context)) return null;
  const neurons = addingNeurons(await addingWeights(snapshot));
  return {
    step,
    frequencies: Int32Array.from(neurons, ({ frequency }) => frequency),
    shares: Float32Array.from(neurons, ({ share }) => share),
    operands: Float32Array.from(neurons, ({ phases: [a, b] }) => turns(a + group.sign * b)),
    answers: Float32Array.from(neurons, ({ phases: [, , c] }) => turns(c)),
  };
}

/** Neurons within a twelfth of a turn of the theory: by chance it would be a sixth of them. */
export function neuronsOnLine({ operands, answers }: PhasesView): number {
  return operands.reduce((count, phase, i) => {
    const off = Math.abs(phase - (answers[i] as number));
    return count + Number(Math.min(off, 1 - off) <= 1 / 12);
  }, 0);
}

function turns(radians: number): number {
  const turn = radians / (2 * Math.PI);
  return turn - Math.round(turn);
}
