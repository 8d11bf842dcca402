import * as z from "zod";

const numbers = z.array(z.number());

/** A line of analysis.jsonl: what was found at one checkpoint of a run. */
export const analysisRecordSchema = z
  .object({
    step: z.int().min(0).describe("updates made at the checkpoint"),
    epoch: z.number().min(0).nullable().describe("step ÷ steps per pass over the training set"),
    experiment: z.string().max(64).describe("the beginning of the experiment's fingerprint"),
    measures: z.array(z.string().max(100)).max(100).describe("what has been computed, by name"),
    frequencies: numbers
      .optional()
      .describe("the key frequencies judged by: those of the last checkpoint"),
    singular_values: numbers.optional().describe("of the first weight, falling; the largest 256"),
    embedding_power: numbers
      .optional()
      .describe("of the operands' embedding, per frequency from 0"),
    logit_power: numbers
      .optional()
      .describe("of the logits along cos and sin of w_k(a + b), per frequency from 0"),
    ablation_parts: z
      .array(z.string())
      .optional()
      .describe(
        "what was taken out, as `survey` of @grok/inspect names it; the whole network first",
      ),
    ablation_accuracy: numbers
      .optional()
      .describe("share of all examples that are right without each of them"),
    ablation_val_acc: numbers.optional().describe("the same of the validation examples"),
    ablation_loss: numbers.optional().describe("mean loss of all examples without each of them"),
  })
  .catchall(z.union([z.number(), z.null(), numbers, z.string(), z.array(z.string())]));

/** What was found at one checkpoint, a line of analysis.jsonl; columns of measures by name. */
export type CheckpointAnalysis = z.infer<typeof analysisRecordSchema>;
