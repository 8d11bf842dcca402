import { maxThreads } from "@grok/ops";
import { z } from "zod";
import { modelSchema } from "./model";
import { optimizerSchema } from "./optimizer";
import { taskSchema } from "./task";
import { trainingSchema } from "./training";

/** The backends that can be asked for; `auto` is the best one that works here. */
export const backends = ["auto", "webgpu", "wasm", "cpu"] as const;

/** An experiment as data: everything that its course depends on. */
export const experimentSchema = z.strictObject({
  preset: z
    .string()
    // Folders are named after it, so it must lead nowhere.
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)
    .meta({ title: "a name of letters, digits, - and _" })
    .describe("the preset that it began from"),
  task: taskSchema,
  model: modelSchema,
  optimizer: optimizerSchema,
  training: trainingSchema,
  shortcuts: z
    .strictObject({
      sharedPrefixes: z
        .boolean()
        .default(true)
        .describe("compute a prefix that sequences of a batch share once"),
      answerOnly: z
        .boolean()
        .default(true)
        .describe("compute the last layer only where answers are read"),
      tokenTables: z
        .boolean()
        .default(true)
        .describe("compute what depends on one token only once per token"),
    })
    .prefault({})
    .describe("work that the result does not need and that is left out"),
  metrics: z
    .array(z.string())
    .default([])
    .describe("measures of each evaluation, by the names of @grok/metrics"),
  seed: z.int().default(0).describe("decides weights, split, batches and dropout"),
  backend: z.enum(backends).default("auto").describe("what computes"),
  threads: z
    .int()
    .min(1)
    .max(maxThreads)
    .nullable()
    .default(null)
    .describe("threads; the cores by default"),
});

/** See {@link experimentSchema}. */
export type Experiment = z.infer<typeof experimentSchema>;
