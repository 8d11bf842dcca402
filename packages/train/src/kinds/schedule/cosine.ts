import { cosineDecay } from "@grok/optim";
import * as z from "zod";
import { defineSchedule } from "../../kind/define";

/** A learning rate that falls along half a cosine after warm-up. */
export const cosineKind = defineSchedule({
  name: "cosine",
  sentence: "a learning rate that falls along half a cosine after warm-up",
  source: "Loshchilov and Hutter 2017, arXiv 1608.03983",
  settings: z.strictObject({
    finalLr: z.number().min(0).default(0).describe("learning rate at the end of a cosine"),
    endStep: z.int().min(1).describe("step at which a cosine ends; the last by default"),
  }),
  flags: { endStep: { name: "scheduleSteps" } },
  defaults: (_, { steps }) => ({ endStep: steps }),
  build: ({ finalLr, endStep }, { lr, warmupSteps, warmupOffset }) =>
    cosineDecay({
      totalSteps: endStep,
      warmupSteps,
      final: finalLr / lr,
      offset: warmupOffset,
    }),
});
