import { groupSyntax, groupTask } from "@grok/data";
import * as z from "zod";
import { defineTask } from "../../kind/define";
import {
  checkLayout,
  layout,
  layoutDefault,
  tableOfEquations,
  trainFraction,
  trainFractionFlags,
} from "./equation";

/** The product of a finite group. */
export const group = defineTask({
  name: "group",
  sentence: "the product of a finite group",
  source: "Chughtai et al. 2023, arXiv 2302.03025",
  settings: z.strictObject({
    group: z.string().max(64).default("D5").describe(`the group by name: ${groupSyntax}`),
    layout,
    trainFraction,
  }),
  flags: trainFractionFlags,
  decidedBy: "group",
  defaults: layoutDefault,
  check: (settings, context) => {
    if (settings.layout === "openai") {
      return `${context.label("task.layout")} openai has no token for the product of a group: allowed are all others.`;
    }
    return checkLayout(settings, context);
  },
  text: ({ group: name }) => `a∘b in ${name}`,
  slug: ({ group: name }) => name.replaceAll(":", "-"),
  build: ({ group: name, layout: form, trainFraction: fraction }) => {
    const task = groupTask({ group: name, layout: form });
    return tableOfEquations(task, {
      size: task.elements ** 2,
      trainFraction: fraction,
      operation: name,
      operator: "∘",
      p: null,
      symbols: task.group.symbols,
      circles: `Elements of ${name} are no residues, and circles and frequencies are drawn of residues only.`,
    });
  },
});
