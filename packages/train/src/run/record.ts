import * as z from "zod";

/** Null in the file, NaN here, if there is none: a comparison with it is false, a curve has a gap. */
const accuracy = z
  .number()
  .min(0)
  .max(1)
  .nullable()
  .transform((value) => value ?? Number.NaN);
const share = z.number().min(0).max(1).nullable();
const explained = z.number().nullable().optional();

/** One evaluation: a line of metrics.jsonl. */
export const recordSchema = z
  .object({
    step: z.int().min(0).describe("updates made so far"),
    epoch: z
      .number()
      .min(0)
      .nullable()
      .describe("step ÷ steps per pass over the training set; null if that never ends"),
    train_loss: z.number().describe("mean loss on training examples; of cross-entropy in nats"),
    train_acc: accuracy.describe(
      "share of training examples answered right; null of answers that are values",
    ),
    val_loss: z.number().describe("mean loss on the validation set; of cross-entropy in nats"),
    val_acc: accuracy.describe(
      "share of the validation set answered right; null of answers that are values",
    ),
    elapsed_sec: z.number().min(0).describe("seconds of training so far, over all resumptions"),
    weight_norm: z.number().optional().describe("√Σw² over all parameters"),
    train_explained: explained.describe(
      "of values: share of the training targets' variance that the network explains, R²",
    ),
    val_explained: explained.describe("of values: the same of the validation targets"),
    train_acc_clean: share
      .optional()
      .describe("with label noise: share of the true training labels answered"),
    train_acc_noisy: share
      .optional()
      .describe("with label noise: share of the false training labels answered"),
    train_acc_restored: share
      .optional()
      .describe("with label noise: share of the falsely labelled answered with the true label"),
  })
  .catchall(z.number().nullable());

/** One evaluation, a line of metrics.jsonl; further metrics by name. */
export type EvaluationRecord = z.infer<typeof recordSchema>;

/** How a run ended. */
export const statuses = ["grokked", "ungrokked", "finished", "interrupted", "failed"] as const;

/** Whether a run has ended as planned, whatever came of it. */
export function hasEnded(status: Summary["status"] | undefined): boolean {
  return status === "grokked" || status === "ungrokked" || status === "finished";
}

/** A graphics device that was lost in mid-run. */
const deviceLossSchema = z.object({
  step: z.int().min(0).describe("the step that had been reached"),
  from: z.int().min(0).describe("the step that the run continued from"),
  backend: z.string().describe("the tfjs backend that it continued with"),
  reason: z.string().describe("what the device said"),
});

/** A graphics device that was lost in mid-run. */
export type DeviceLoss = z.infer<typeof deviceLossSchema>;

/** What came out of a run: summary.json. */
export const summarySchema = z.object({
  status: z
    .enum(statuses)
    .describe(
      "of a run that ended as planned: grokked, with t_grok; ungrokked, with t_grok and t_ungrok; finished, without",
    ),
  steps: z.int().min(0).describe("updates made"),
  epochs: z
    .number()
    .min(0)
    .nullable()
    .describe("steps ÷ steps per pass over the training set; null if that never ends"),
  parameters: z.int().min(1).describe("numbers that the network learns"),
  best_val_acc: z
    .number()
    .nullable()
    .describe("highest val_acc of any evaluation; null of answers that are values"),
  best_val_loss: z
    .number()
    .optional()
    .describe("lowest val_loss of any evaluation; only of answers that are values"),
  t_mem: z
    .int()
    .nullable()
    .describe("first evaluated step with train_acc (or train_explained) > 0.99, or of mem-loss"),
  t_grok: z
    .int()
    .nullable()
    .describe(
      "first evaluated step with val_acc (or val_explained) ≥ the grok threshold, or of grok-loss",
    ),
  t_ungrok: z
    .int()
    .optional()
    .describe(
      "first evaluated step after t_grok from which the run has stayed below the threshold; only of one that has forgotten",
    ),
  elapsed_sec: z.number().min(0).describe("seconds of training, over all resumptions"),
  metrics_sec: z
    .number()
    .min(0)
    .optional()
    .describe("seconds of elapsed_sec that measures took; only where there are any"),
  steps_per_sec: z.number().nullable().describe("steps ÷ elapsed_sec"),
  backend: z.string().describe("tfjs backend"),
  backend_choice: z
    .string()
    .optional()
    .describe("why that backend; only where it was chosen by measuring"),
  device_losses: z
    .array(deviceLossSchema)
    .optional()
    .describe("graphics devices lost in mid-run; only where there were any"),
  threads: z.int().nullable().describe("threads that computed; null if that is not known"),
  seed: z.int(),
  error: z.string().optional().describe("why the run failed"),
});

/** What came out of a run: summary.json. */
export type Summary = z.infer<typeof summarySchema>;
