import { binaryTask, findOperation, operations } from "@grok/data";
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

const names = operations.filter(({ set }) => set === "Z_p").map(({ name }) => name);

/** A binary operation on the residues modulo p. */
export const modular = defineTask({
  name: "modular",
  sentence: "a binary operation modulo p",
  source: "Power et al. 2022",
  settings: z.strictObject({
    op: z.enum(names).default("/").describe("the operation modulo p"),
    p: z.int().min(2).max(4096).default(97).describe("the modulus"),
    layout,
    trainFraction,
  }),
  flags: { op: { description: "the operation, modulo p or on S5" }, ...trainFractionFlags },
  decidedBy: "op",
  defaults: layoutDefault,
  check: checkLayout,
  text: ({ op, p }) => wordsOf(op).replaceAll("mod p", `mod ${p}`),
  slug: ({ op }) => operationSlug(op),
  build: ({ op, p, layout: name, trainFraction: fraction }) =>
    equationTask(binaryTask({ operation: op, p, layout: name }), {
      p,
      trainFraction: fraction,
      circles: `${op} mod ${p} is no addition in a cyclic group, so no frequencies belong to it; +, − and, for a prime p, × and ÷ have them.`,
    }),
});

/** What an operation computes, without what follows from it. */
export function wordsOf(op: string): string {
  const [what = ""] = findOperation(op).description.split(", that is");
  return what;
}
