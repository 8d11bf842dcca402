import * as z from "zod";

const size = z.int().min(1).default(512).describe("examples per step");

const seed = z
  .int()
  .optional()
  .describe("decides which examples each step draws, and nothing else; default the run's seed");

const counting = z.string().regex(/^[1-9]\d{0,8}$/);

const labelNoise = z
  .number()
  .min(0)
  .lt(1)
  .default(0)
  .describe("share of the training labels that are replaced by false ones, decided by the seed");

/** How long and on what a run trains. */
export const course = {
  steps: z.int().min(1).max(1_000_000_000).describe("updates to make"),
  batch: z
    .discriminatedUnion("mode", [
      z.strictObject({ mode: z.literal("epoch"), size, seed }),
      z.strictObject({ mode: z.literal("replacement"), size, seed }),
      z.strictObject({ mode: z.literal("full") }),
      z.strictObject({ mode: z.literal("stream"), size, seed }),
    ])
    .describe(
      "epoch: all examples, reshuffled each epoch; replacement: independent draws; full: all, every step; stream: new examples, without end",
    ),
  labelNoise,
};

/** Settings of training that came after it had runs, with what was done before. */
export const laterTraining = {
  labelNoise: 0,
  grokLoss: null,
  memLoss: null,
  checkpointAt: [],
} as const;

/** What a run measures and keeps on the way. */
export const evaluation = {
  trainMetric: z
    .enum(["running", "full"])
    .default("full")
    .describe(
      "running: mean over the examples since the last evaluation, as trained on; full: the whole training set",
    ),
  evalEvery: z.int().min(1).describe("steps between evaluations"),
  evalAtStart: z.boolean().default(false).describe("evaluate after the first step too"),
  metricsEvery: z
    .int()
    .min(1)
    .default(1)
    .describe("evaluations for each one that has metrics, besides the last and where it groks"),
  grokThreshold: z
    .number()
    .gt(0)
    .max(1)
    .default(0.95)
    .describe(
      "validation accuracy, or explained share of values' variance (R²), that counts as grokked",
    ),
  grokLoss: z
    .number()
    .gt(0)
    .nullable()
    .default(null)
    .describe("validation loss at which a run has grokked, instead of grok-threshold"),
  memLoss: z
    .number()
    .gt(0)
    .nullable()
    .default(null)
    .describe("training loss at which a run has memorised, instead of an accuracy above 0.99"),
  stopOnGrok: z.boolean().default(false).describe("stop at the first evaluation that has grokked"),
  checkpointEvery: z
    .int()
    .min(0)
    .default(1_000)
    .describe("steps between checkpoints; 0: only where the run ends"),
  checkpointAt: z
    .array(z.int().min(1))
    .max(1000)
    .default([])
    .describe("further steps with a checkpoint, which are kept whatever keep-checkpoints says"),
  keepCheckpoints: z
    .union([
      z.int().min(2),
      z.literal("all"),
      z.templateLiteral(["every:", counting]).meta({ title: "every:STEPS" }),
      z.templateLiteral(["log:", counting]).meta({ title: "log:NUMBER" }),
    ])
    .default(2)
    .describe(
      "checkpoints to keep: so many of the newest, all, or the newest two and those every this many steps or so many per doubling of the step",
    ),
};
