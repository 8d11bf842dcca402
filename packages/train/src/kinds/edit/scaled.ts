import * as z from "zod";
import { defineEdit } from "../../kind/define";
import { each } from "./each";

/** Parameters times a factor. */
export const scale = defineEdit({
  name: "scale",
  sentence: "parameters are multiplied by a factor",
  source: null,
  settings: z.strictObject({
    by: z.number().gte(-1e6).lte(1e6).describe("the factor"),
  }),
  value: { setting: "by", word: "FACTOR" },
  apply: ({ by }, parameters) => each(parameters, (value) => value * by),
});

/** Parameters set to zero. */
export const zero = defineEdit({
  name: "zero",
  sentence: "parameters are set to zero",
  source: null,
  settings: z.strictObject({}),
  apply: (_, parameters) => each(parameters, () => 0),
});

/** All parameters that fit, scaled alike to a norm. */
export const rescale = defineEdit({
  name: "rescale",
  sentence: "parameters are scaled alike, so that all of them together have a given norm",
  source: "Liu et al. 2023, arXiv:2210.01117",
  settings: z.strictObject({
    norm: z.number().gt(0).lte(1e9).describe("the norm √Σw² of all that fit"),
  }),
  value: { setting: "norm", word: "NORM" },
  apply: ({ norm }, parameters) => {
    let squares = 0;
    for (const { data } of parameters.values()) for (const value of data) squares += value * value;
    const factor = squares === 0 ? 1 : norm / Math.sqrt(squares);
    return each(parameters, (value) => value * factor);
  },
});
