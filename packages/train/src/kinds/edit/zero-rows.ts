import * as z from "zod";
import { defineEdit } from "../../kind/define";
import { each } from "./each";

const settings = z.strictObject({
  rows: z.string().max(1000).describe("rows of the weight, counted from 0: 3, 3+5 or 64-95"),
});

/** Rows of a weight, set to zero: what these rows read has no effect from then on, until they grow again. */
export const zeroRows = defineEdit({
  name: "zero-rows",
  sentence:
    "these rows of a weight are set to zero, which takes out the head or the neuron that they read",
  source: "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits",
  settings,
  value: { setting: "rows", word: "ROWS" },
  check({ rows }, name, { shapes }) {
    if (!/^\d{1,9}(-\d{1,9})?(\+\d{1,9}(-\d{1,9})?)*$/.test(rows)) {
      return `rows are numbers and ranges, as 3+64-95, not ${JSON.stringify(rows)}`;
    }
    const shape = shapes[name] ?? [];
    const [count] = shape;
    if (count === undefined || shape.length !== 2) return `${name} is no weight with rows`;
    for (const { first, last } of rangesOf(rows)) {
      if (first > last) return `its rows ${first}-${last} end before they begin`;
      if (last >= count) return `${name} has no row ${last}: it has ${count}, counted from 0`;
    }
    return null;
  },
  apply({ rows }, parameters) {
    const ranges = rangesOf(rows);
    return each(parameters, (value, i, { shape }) => {
      const row = Math.floor(i / (shape[1] as number));
      return ranges.some(({ first, last }) => row >= first && row <= last) ? 0 : value;
    });
  },
});

function rangesOf(rows: string): { first: number; last: number }[] {
  return rows.split("+").map((part) => {
    const [first, last = first] = part.split("-").map(Number) as [number, number?];
    return { first, last };
  });
}
