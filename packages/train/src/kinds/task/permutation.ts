import { binaryTask, operations } from "@grok/data";
import * as z from "zod";
import { defineTask } from "../../kind/define";
import {
  checkLayout,
  equationTask,
  layout,
  layoutDefault,
  operationSlug,
  trainFraction,
  trainFractionFlags,
} from "./equation";
import { wordsOf } from "./modular";

const names = operations.filter(({ set }) => set === "S5").map(({ name }) => name);

/** A binary operation on the permutations of five things. */
export const permutation = defineTask({
  name: "permutation",
  sentence: "a binary operation on the 120 permutations of five things",
  source: "Power et al. 2022",
  settings: z.strictObject({
    op: z.enum(names).default("s5").describe("the operation on the 120 permutations of S5"),
    layout,
    trainFraction,
  }),
  flags: trainFractionFlags,
  decidedBy: "op",
  defaults: layoutDefault,
  check: checkLayout,
  text: ({ op }) => wordsOf(op),
  slug: ({ op }) => operationSlug(op),
  build: ({ op, layout: name, trainFraction: fraction }) =>
    equationTask(binaryTask({ operation: op, layout: name }), {
      p: null,
      trainFraction: fraction,
      circles:
        "Permutations do not commute, so they lie on no circle and have no frequencies of this kind.",
    }),
});
