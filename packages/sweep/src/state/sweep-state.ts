import * as z from "zod";
import type { SweepRun } from "../run/sweep-run";
import type { SweepOptions } from "../spec/sweep-options";
import { settingOf } from "./setting";

/** How a run of a sweep stands. */
export const runStates = [
  "waiting",
  "running",
  "grokked",
  "ungrokked",
  "finished",
  "failed",
  "interrupted",
  "stopped",
] as const;

const step = z.int().min(0);

const settingsSchema = z
  .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))
  .describe("what varies, by the flags' names");

/** A run in sweep.json. */
export const runStateSchema = z.object({
  name: z.string().regex(/^[0-9a-f]{16}$/),
  settings: settingsSchema,
  state: z.enum(runStates),
  step: step.describe("updates made"),
  steps: step.describe("updates to make, at most"),
  t_mem: step.nullable(),
  t_grok: step.nullable(),
  t_ungrok: step.optional().describe("of a run that grokked and has forgotten"),
  val_acc: z.number().nullable().describe("of the last evaluation"),
  best_val_acc: z.number().nullable(),
  val_loss: z.number().optional().describe("of the last evaluation, of answers that are values"),
  best_val_loss: z.number().optional().describe("of answers that are values"),
  elapsed_sec: z.number().min(0),
  error: z.string().optional().describe("why it failed"),
  stopped: z
    .object({ step, by: z.string() })
    .optional()
    .describe("stopped early at this step by this rule: it might have grokked yet"),
  arithmetic: z
    .string()
    .optional()
    .describe("the backend that computed it last, and how it rounds"),
  reused: z.string().optional().describe("the folder that the run was taken from"),
});

/** How a run of a sweep stands, in sweep.json. */
export type RunState = z.infer<typeof runStateSchema>;

const missingRunSchema = z.object({ settings: settingsSchema, reason: z.string() });

/** A run that cannot be, as the run that it was to continue from never came to its change. */
export type MissingRun = z.infer<typeof missingRunSchema>;

/** sweep.json: what a sweep is, and how each of its runs stands. */
export const sweepStateSchema = z.object({
  format: z.literal("grok-sweep-1"),
  title: z.string().nullable(),
  /** The sweep as it was asked for. */
  spec: z.unknown(),
  axes: z.array(z.string()).describe("the flags that vary, the slowest first"),
  updated: z.string().describe("when this was written, ISO 8601"),
  runs: z.array(runStateSchema),
  missing: z
    .array(missingRunSchema)
    .optional()
    .describe("runs that cannot be, as their trunks never came to the change"),
});

/** See {@link sweepStateSchema}. */
export type SweepState = z.infer<typeof sweepStateSchema>;

/** A run that has not begun. */
export function waitingRun(
  { name, experiment, settings = {} }: SweepRun,
  axes: readonly string[],
  options: SweepOptions = {},
): RunState {
  return {
    name,
    settings: Object.fromEntries(
      axes.map((axis) => [axis, settings[axis] ?? settingOf(experiment, axis, options)]),
    ),
    state: "waiting",
    step: 0,
    steps: experiment.training.steps,
    t_mem: null,
    t_grok: null,
    val_acc: null,
    best_val_acc: null,
    elapsed_sec: 0,
  };
}

/** Whether a run has ended as planned, so that it need not be done again. */
export function isDone({ state }: Pick<RunState, "state">): boolean {
  return state === "grokked" || state === "ungrokked" || state === "finished";
}

/** How many runs stand how; states that none has are left out. */
export function tally(runs: readonly RunState[]): Partial<Record<RunState["state"], number>> {
  const counts: Partial<Record<RunState["state"], number>> = {};
  for (const { state } of runs) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
