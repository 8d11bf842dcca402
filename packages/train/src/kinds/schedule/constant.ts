import { linearWarmup } from "@grok/optim";
import * as z from "zod";
import { defineSchedule } from "../../kind/define";

/** The same learning rate at every step after warm-up. */
export const constantKind = defineSchedule({
  name: "constant",
  sentence: "the same learning rate at every step after warm-up",
  source: null,
  settings: z.strictObject({}),
  build: (_, { warmupSteps, warmupOffset }) =>
    linearWarmup({ steps: warmupSteps, offset: warmupOffset }),
});
