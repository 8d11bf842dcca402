import * as z from "zod";
import { defineEdit } from "../../kind/define";

/** Parameters as they are initialised. */
export const reinitialise = defineEdit({
  name: "reinitialise",
  sentence: "parameters get initial values again: those of step 0, or of another seed",
  source: null,
  settings: z.strictObject({
    seed: z
      .int()
      .optional()
      .describe("decides the values; default the run's, whose values are those of step 0"),
  }),
  value: { setting: "seed", word: "SEED", isOptional: true },
  apply: async ({ seed }, parameters, context) => {
    const initial = await context.initial(seed ?? context.seed);
    return new Map(
      Array.from(parameters.keys(), (name) => [name, initial.get(name)?.data as Float32Array]),
    );
  },
});
