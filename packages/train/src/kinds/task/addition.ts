import { additionCurriculum, additionTask, additionTokens } from "@grok/data";
import * as z from "zod";
import { defineTask } from "../../kind/define";

/** Addition of numbers of many digits, whose examples never end. */
export const addition = defineTask({
  name: "addition",
  sentence: "addition of numbers of many digits, digit by digit; its examples never end",
  source: "yhavinga/gpt-acc-jax",
  settings: z.strictObject({
    digits: z.int().min(1).max(15).default(10).describe("digits of an operand"),
    curriculum: z
      .array(z.strictObject({ steps: z.int().min(1), digits: z.int().min(1).max(15) }))
      .min(1)
      .describe("stages of training, each with its most digits; the last continues"),
    testSize: z.int().min(1).max(1_000_000).default(10_000).describe("sums in the test set"),
    testSeed: z.int().default(0).describe("decides the test set, whatever the run's seed"),
  }),
  flags: {
    curriculum: {
      description: "stages of addition as STEPS:DIGITS,…; the last continues",
    },
  },
  // A preset's stages are those of its own number of digits.
  defaults: ({ digits = 10 }) => ({
    curriculum: additionCurriculum.map((stage) => ({
      ...stage,
      digits: Math.min(stage.digits, Number(digits)),
    })),
  }),
  build: ({ digits, curriculum, testSize, testSeed }) => ({
    ...additionTask({ digits, curriculum, testSize }),
    size: null,
    trainFraction: null,
    testSeed,
    equation: null,
    positions: positionsOf(digits),
    symbols: Array.from({ length: 14 }, (_, i) => signs[i] ?? `${i}`),
    absent: {
      answers: `Addition of ${digits}-digit numbers has too many inputs for a table of all pairs.`,
      order:
        "Training examples never end here, and the order parameters are defined on a finite table.",
    },
  }),
});

const { plus, equals, pad, eos } = additionTokens;
const signs: Record<number, string> = { [plus]: "+", [equals]: "=", [pad]: "pad", [eos]: "eos" };

/** A carry runs from the last digit on, so digits are named by their power of ten. */
function positionsOf(digits: number): string[] {
  const places = Array.from({ length: digits }, (_, i) => digits - 1 - i);
  return [
    ...places.map((i) => `a${i}`),
    "+",
    ...places.map((i) => `b${i}`),
    "=",
    ...Array.from({ length: digits + 1 }, (_, i) => `c${i}`),
  ];
}
