import type { Measure } from "@grok/metrics";
import type * as z from "zod";
import type { LossKind } from "./loss-kind";
import type { ModelKind } from "./model-kind";
import type { GradientTransformKind, OptimizerKind, ScheduleKind } from "./optimizer-kind";
import type { TaskKind } from "./task-kind";

/** What the schema of experiments is made of. */
export interface Kinds {
  readonly tasks: ReadonlyMap<string, TaskKind>;
  /** By each of their names in `model.architecture`. */
  readonly models: ReadonlyMap<string, ModelKind>;
  readonly losses: ReadonlyMap<string, LossKind>;
  readonly optimizers: ReadonlyMap<string, OptimizerKind>;
  /** In the order in which they act. */
  readonly transforms: ReadonlyMap<string, GradientTransformKind>;
  readonly schedules: ReadonlyMap<string, ScheduleKind>;
  readonly metrics: readonly Measure[];
}

/** What the flags of experiments are made of: the kinds, and the schema that was made of them. */
export interface KindsWithSchema extends Kinds {
  readonly schema: z.ZodType;
}
