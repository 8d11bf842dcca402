import { parityTask } from "@grok/data";
import * as z from "zod";
import { defineTask } from "../../kind/define";
import { trainFraction, trainFractionFlags } from "./equation";

/** The parity of a few among many bits. */
export const parity = defineTask({
  name: "parity",
  sentence: "the parity of a few among many bits",
  source: "Merrill et al. 2023, arXiv 2303.11873",
  settings: z.strictObject({
    bits: z.int().min(1).max(52).default(40).describe("bits of an example"),
    relevant: z.int().min(1).max(52).default(3).describe("bits whose parity is the answer"),
    samples: z.int().min(2).max(16_777_216).default(1_100).describe("different examples in all"),
    bitsSeed: z.int().default(0).describe("decides the relevant bits and the examples"),
    trainFraction,
    signs: z
      .boolean()
      .default(false)
      .describe("give an MLP the bits as the numbers −1 and 1 instead of tokens"),
  }),
  flags: trainFractionFlags,
  later: ["signs"],
  text: ({ relevant, bits }) => `parity of ${relevant} of ${bits} bits`,
  build: ({ bits, relevant, samples, bitsSeed, trainFraction: fraction, signs }, { model }) => ({
    ...parityTask({
      bits,
      relevant,
      samples,
      seed: bitsSeed,
      layout: signs ? "signs" : model.input === "one-hot" ? "one-hot" : "bits",
    }),
    size: samples,
    trainFraction: fraction,
    equation: null,
    absent: {
      answers: "The input is a row of bits, not a pair (a, b), so there is no table of answers.",
      embedding: "The only symbols are 0 and 1, and two points make no picture.",
    },
  }),
});
