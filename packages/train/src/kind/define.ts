import type { Measure } from "@grok/metrics";
import type { z } from "zod";
import type { Extension } from "./extension";
import type { Shape } from "./kind";
import type { LossKind } from "./loss-kind";
import type { ModelKind } from "./model-kind";
import type { GradientTransformKind, OptimizerKind, ScheduleKind } from "./optimizer-kind";
import type { TaskKind } from "./task-kind";

/** Defines a kind of task; gives it back with the types of its settings. */
export function defineTask<const N extends string, S extends Shape>(
  kind: TaskKind<N, S>,
): TaskKind<N, S> {
  return kind;
}

/** Defines a kind of network; gives it back with the types of its settings. */
export function defineModel<const N extends string, S extends Shape, const V extends string = N>(
  kind: ModelKind<N, S, V>,
): ModelKind<N, S, V> {
  return kind;
}

/** Defines a kind of loss; gives it back with the types of its settings. */
export function defineLoss<const N extends string, S extends Shape>(
  kind: LossKind<N, S>,
): LossKind<N, S> {
  return kind;
}

/** Defines a kind of optimizer; gives it back with the types of its settings. */
export function defineOptimizer<const N extends string, S extends Shape>(
  kind: OptimizerKind<N, S>,
): OptimizerKind<N, S> {
  return kind;
}

/** Defines a change of the gradients; gives it back with the type of its setting. */
export function defineGradientTransform<const N extends string, V extends z.ZodType>(
  kind: GradientTransformKind<N, V>,
): GradientTransformKind<N, V> {
  return kind;
}

/** Defines a kind of learning-rate schedule; gives it back with the types of its settings. */
export function defineSchedule<const N extends string, S extends Shape>(
  kind: ScheduleKind<N, S>,
): ScheduleKind<N, S> {
  return kind;
}

/** Defines a metric: columns of a record that are computed from the network at an evaluation. */
export function defineMetric(metric: Measure): Measure {
  return metric;
}

/** Defines an extension; a module's default export is one. */
export function defineExtension<const E extends Extension>(extension: E): E {
  return extension;
}
