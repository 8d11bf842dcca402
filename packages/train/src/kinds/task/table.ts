import { type OperationTable, parseOperationTable, tableTask } from "@grok/data";
import * as z from "zod";
import { dataFile } from "../../data-file/reference";
import { defineTask } from "../../kind/define";
import {
  checkLayout,
  layout,
  layoutDefault,
  tableOfEquations,
  trainFraction,
  trainFractionFlags,
} from "./equation";
import { fileTask, textOf } from "./file-task";

const tables = fileTask<OperationTable>((bytes) => parseOperationTable(textOf(bytes)));

/** Any operation on finitely many elements, given as its table. */
export const table = defineTask({
  name: "table",
  sentence: "any operation on finitely many elements, from a file with its table",
  source: null,
  settings: z.strictObject({
    table: dataFile.describe(
      "the file with the operation's table, JSON or CSV: a row for each a, an entry for each b",
    ),
    layout,
    trainFraction,
  }),
  flags: trainFractionFlags,
  files: ["table"],
  decidedBy: "table",
  defaults: layoutDefault,
  check: (settings, context) => {
    if (settings.layout === "openai") {
      return `${context.label("task.layout")} openai has no token for an operation of a table: allowed are all others.`;
    }
    return checkLayout(settings, context);
  },
  text: ({ table: file }) => `a∘b of ${tables.nameOf(file)}`,
  build: ({ table: file, layout: form, trainFraction: fraction }) => {
    const name = tables.nameOf(file);
    const operation = tables.of(file);
    const { answers, symbols } = operation;
    return tableOfEquations(tableTask({ table: operation, layout: form, name: `a∘b of ${name}` }), {
      size: answers.reduce((count, answer) => count + (answer < 0 ? 0 : 1), 0),
      trainFraction: fraction,
      operation: name,
      operator: "∘",
      p: null,
      symbols,
      circles: `Elements of ${name} are no residues, and circles and frequencies are drawn of residues only.`,
    });
  },
});
