import * as z from "zod";
import { defineEdit } from "../../kind/define";
import type { EditContext } from "../../kind/edit-kind";
import type { StoredTensor } from "../../safetensors/format";

const settings = z.strictObject({
  frequencies: z
    .array(z.int().min(1))
    .min(1)
    .max(2048)
    .describe("frequencies k of cos(2πka/p) and sin(2πka/p) over the symbols a"),
});

const source = "Nanda et al. 2023, arXiv:2301.05217";
const value = { setting: "frequencies", word: "K+K" } as const;

function check(
  { frequencies }: z.output<typeof settings>,
  name: string,
  { embedding }: Pick<EditContext, "embedding" | "shapes">,
): string | null {
  if (embedding === null) {
    return "the network has no embedding of symbols, or the task no modulus";
  }
  if (name !== embedding.parameter) {
    return `${name} is no embedding of symbols; ${embedding.parameter} is`;
  }
  const most = Math.floor(embedding.p / 2);
  const wrong = frequencies.find((each) => each > most);
  return wrong === undefined
    ? null
    : `${wrong} is no frequency modulo ${embedding.p}; they are 1 to ${most}`;
}

/** The frequencies of an embedding's rows that are kept; the mean over symbols stays. */
export const keepFrequencies = defineEdit({
  name: "keep-frequencies",
  sentence: "of an embedding's frequencies over the symbols only these stay, and the mean",
  source,
  settings,
  value,
  check,
  apply: ({ frequencies }, parameters, { embedding }) =>
    mapRows(parameters, embedding, (column, p) => {
      const mean = column.reduce((sum, entry) => sum + entry, 0) / p;
      const kept = parts(column, frequencies);
      return kept.map((part) => mean + part);
    }),
});

/** The frequencies of an embedding's rows that are taken out. */
export const removeFrequencies = defineEdit({
  name: "remove-frequencies",
  sentence: "these frequencies over the symbols are taken out of an embedding",
  source,
  settings,
  value,
  check,
  apply: ({ frequencies }, parameters, { embedding }) =>
    mapRows(parameters, embedding, (column) => {
      const removed = parts(column, frequencies);
      return column.map((entry, i) => entry - (removed[i] as number));
    }),
});

/** Changes each column of an embedding over its symbols; further rows, as of "=", stay. */
function mapRows(
  parameters: ReadonlyMap<string, StoredTensor>,
  embedding: EditContext["embedding"],
  change: (column: Float64Array, p: number) => Float64Array,
): Map<string, Float32Array> {
  const { firstRows, p } = embedding as NonNullable<typeof embedding>;
  return new Map(
    Array.from(parameters, ([name, { shape, data }]) => {
      const width = shape[1] as number;
      const changed = Float32Array.from(data as Float32Array);
      for (const first of firstRows) {
        for (let j = 0; j < width; j++) {
          const placeOf = (row: number) => (first + row) * width + j;
          const column = Float64Array.from({ length: p }, (_, row) => data[placeOf(row)] as number);
          for (const [row, entry] of change(column, p).entries()) changed[placeOf(row)] = entry;
        }
      }
      return [name, changed];
    }),
  );
}

/** The sum of a signal's components at some frequencies. */
function parts(signal: Float64Array, frequencies: readonly number[]): Float64Array {
  const p = signal.length;
  const sum = new Float64Array(p);
  for (const k of new Set(frequencies)) {
    let [re, im] = [0, 0];
    const angle = (i: number) => (2 * Math.PI * ((k * i) % p)) / p;
    for (const [i, entry] of signal.entries()) {
      re += entry * Math.cos(angle(i));
      im += entry * Math.sin(angle(i));
    }
    // Half of an even p is a frequency without a partner.
    const share = (2 * k === p ? 1 : 2) / p;
    for (let i = 0; i < p; i++) {
      sum[i] = (sum[i] as number) + share * (re * Math.cos(angle(i)) + im * Math.sin(angle(i)));
    }
  }
  return sum;
}
