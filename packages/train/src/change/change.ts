import * as z from "zod";

/** What is done to parameters; its own settings are those of its kind. */
export interface Edit {
  /** Its kind: `scale`, say. */
  kind: string;
  /** Which parameters: a name, or a pattern in which `*` stands for any text. */
  match: string;
  [setting: string]: unknown;
}

/** What changes in the course of a run. */
export interface Change {
  /** The step after whose update it holds, so that update `at` + 1 is the first under it. */
  at: number;
  /** Settings that hold from then on, by their place in the experiment: `optimizer.weightDecay`. */
  set?: Record<string, unknown> | undefined;
  /** What is done to parameters then, in this order. */
  edits?: Edit[] | undefined;
  /** Whether the optimizer forgets what it has gathered; it is kept as far as it fits otherwise. */
  resetOptimizer?: boolean | undefined;
}

/** A pattern of parameters' names. */
export const match = z.string().regex(/^[\w.*-]{1,100}$/);

/** Changes by step; what their edits are made of is checked by their kinds. */
export const changesSchema = z
  .array(
    z.strictObject({
      at: z.int().min(1).describe("the step after whose update it holds"),
      set: z
        .record(z.string().max(100), z.unknown())
        .optional()
        .describe("settings that hold from then on, by their place in the experiment"),
      edits: z
        .array(
          z.looseObject({
            kind: z.string().max(100).describe("kind of the edit"),
            match: match.describe("parameters that it edits: a name, or a pattern with *"),
          }),
        )
        .max(100)
        .optional()
        .describe("what is done to parameters then, in this order"),
      resetOptimizer: z
        .boolean()
        .optional()
        .describe("whether the optimizer forgets what it has gathered; default false"),
    }),
  )
  .min(1)
  .max(100)
  .meta({ title: 'changes as "5000: weight-decay=0"' })
  .optional()
  .describe(
    "what changes after a step, as 5000: weight-decay=0 freeze=tokenEmbedding; repeat it for further steps",
  );
