import {
  fourierSpectrum,
  operandEmbeddings,
  type Snapshot,
  selectRows,
  singularValues,
} from "@grok/metrics";
import type { CheckpointAnalysis } from "./record";

/** Names that the first weight has, as the network has an embedding or none. */
const firstWeights = ["tokenEmbedding", "embedding", "layers.0.weight"];

/** Singular values kept: all of any network here but the widest. */
const maxValues = 256;

/** Digits kept of a list's numbers, which are there to be drawn. */
const digits = 6;

/**
 * The singular values of a network's first weight, and, where the task is an addition in a cyclic
 * group, the power per frequency of the operands' embedding and of the logits.
 */
export async function spectraOf(
  snapshot: Snapshot,
): Promise<Pick<CheckpointAnalysis, "singular_values" | "embedding_power" | "logit_power">> {
  const name = firstWeights.find((each) => snapshot.parameters[each] !== undefined) as string;
  const weight = await snapshot.parameter(name);
  const spectra = { singular_values: short(singularValues(weight)).slice(0, maxValues) };
  const { group } = snapshot;
  if (group === null) return spectra;
  const powers = (await operandEmbeddings(snapshot)).map(
    (embedding) => fourierSpectrum(selectRows(embedding, group.elements)).power,
  );
  const [first = new Float64Array()] = powers;
  const embedding = first.map((_, k) =>
    powers.reduce((sum, power) => sum + (power[k] as number), 0),
  );
  const { power } = await snapshot.sumSpectrum();
  return { ...spectra, embedding_power: short(embedding), logit_power: short(power) };
}

/** Numbers in few digits, as a list. */
export function short(values: ArrayLike<number>): number[] {
  return Array.from(values, (value) => Number(value.toPrecision(digits)));
}
