import { z } from "zod";

/** One evaluation: a line of metrics.jsonl. */
export const recordSchema = z
  .object({
    step: z.int().min(0).describe("updates made so far"),
    epoch: z
      .number()
      .min(0)
      .nullable()
      .describe("step ÷ steps per pass over the training set; null where that never ends"),
    train_loss: z.number().describe("mean cross-entropy on training examples, nats"),
    train_acc: z.number().min(0).max(1).describe("share of training examples answered right"),
    val_loss: z.number().describe("mean cross-entropy on the validation set, nats"),
    val_acc: z.number().min(0).max(1).describe("share of the validation set answered right"),
    elapsed_sec: z.number().min(0).describe("seconds of training so far, over all resumptions"),
    weight_norm: z.number().optional().describe("√Σw² over all parameters"),
  })
  .catchall(z.number().nullable());

/** One evaluation, a line of metrics.jsonl; further metrics by name. */
export type EvaluationRecord = z.infer<typeof recordSchema>;

/** How a run ended. */
export const statuses = ["grokked", "finished", "interrupted", "failed"] as const;

/** A graphics device that was lost in mid-run. */
const deviceLossSchema = z.object({
  step: z.int().min(0).describe("the step that had been reached"),
  from: z.int().min(0).describe("the step that the run went on from"),
  backend: z.string().describe("the tfjs backend that it went on with"),
  reason: z.string().describe("what the device said"),
});

/** A graphics device that was lost in mid-run. */
export type DeviceLoss = z.infer<typeof deviceLossSchema>;

/** What came out of a run: summary.json. */
export const summarySchema = z.object({
  status: z
    .enum(statuses)
    .describe("grokked: ended as planned, with t_grok; finished: ended as planned, without"),
  steps: z.int().min(0).describe("updates made"),
  epochs: z
    .number()
    .min(0)
    .nullable()
    .describe("steps ÷ steps per pass over the training set; null where that never ends"),
  parameters: z.int().min(1).describe("numbers that the network learns"),
  best_val_acc: z.number().nullable().describe("highest val_acc of any evaluation"),
  t_mem: z.int().nullable().describe("first evaluated step with train_acc > 0.99"),
  t_grok: z.int().nullable().describe("first evaluated step with val_acc ≥ the grok threshold"),
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
  threads: z.int().nullable().describe("threads that computed; null where that is not known"),
  seed: z.int(),
  error: z.string().optional().describe("why the run failed"),
});

/** What came out of a run: summary.json. */
export type Summary = z.infer<typeof summarySchema>;
