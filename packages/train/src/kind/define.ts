import type { Measure } from "@grok/metrics";
import type { DefinedParameters } from "@grok/models";
import type * as z from "zod";
import { type EquationDefinition, equationKind } from "../kinds/task/equation-definition";
import type { EditKind } from "./edit-kind";
import type { Extension } from "./extension";
import type { Shape } from "./kind";
import type { LossKind } from "./loss-kind";
import { type MetricDefinition, metricOf } from "./metric-definition";
import type { ModelKind } from "./model-kind";
import { type NetworkDefinition, networkKind } from "./network-definition";
import type { GradientTransformKind, OptimizerKind, ScheduleKind } from "./optimizer-kind";
import type { TaskKind } from "./task-kind";

/**
 * Defines a kind of task; gives it back with the types of its settings. A table of equations needs
 * only `elements` and `apply`: it then has the settings `layout` and `trainFraction` besides its own.
 *
 * @example
 * const max = defineTask({
 *   name: "max", sentence: "the larger of two numbers", elements: 10,
 *   apply: (a, b) => Math.max(a, b),
 * });
 */
export function defineTask<const N extends string, S extends Shape>(
  kind: TaskKind<N, S>,
): TaskKind<N, S>;
export function defineTask<const N extends string, S extends Shape>(
  kind: EquationDefinition<N, S>,
): ReturnType<typeof equationKind<N, S>>;
export function defineTask(kind: TaskKind | EquationDefinition): TaskKind {
  return "apply" in kind ? equationKind(kind) : kind;
}

/**
 * Defines a kind of network; gives it back with the types of its settings. A network may be given as
 * `parameters` and a plain `forward` function, in stock operations of tfjs or those of @grok/ops.
 *
 * @example
 * const sums = defineModel({
 *   name: "sums", sentence: "a sum of embeddings",
 *   parameters: (_, { vocabulary, classes }) => ({ table: { shape: [vocabulary, classes] } }),
 *   forward: ({ table }, { tokens, size, length }) =>
 *     tf.sum(tf.reshape(tf.gather(table, tokens), [size, length, -1]), 1), // [size, classes]
 * });
 */
export function defineModel<
  const N extends string,
  S extends Shape,
  const V extends string = N,
  const P extends DefinedParameters = DefinedParameters,
>(
  kind: (ModelKind<N, S, V> & { forward?: undefined }) | NetworkDefinition<N, S, P>,
): ModelKind<N, S, V> {
  return kind.forward === undefined ? kind : networkKind(kind);
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

/** Defines what a change in mid-run can do to parameters; gives it back with the types of its settings. */
export function defineEdit<const N extends string, S extends Shape>(
  kind: EditKind<N, S>,
): EditKind<N, S> {
  return kind;
}

/**
 * Defines a metric: columns of a record that are computed from the network at an evaluation. One
 * column needs only `value`.
 *
 * @example
 * const largest = defineMetric({
 *   name: "output-norm", description: "the norm of the output weights",
 *   value: async ({ parameters }) => (await tf.norm(parameters["out"]).data())[0] ?? null,
 * });
 */
export function defineMetric(metric: Measure | MetricDefinition): Measure {
  return "value" in metric ? metricOf(metric) : metric;
}

/** Defines an extension; a module's default export is one. */
export function defineExtension<const E extends Extension>(extension: E): E {
  return extension;
}
