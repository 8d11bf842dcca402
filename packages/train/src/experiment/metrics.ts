import {
  type Measure,
  type RunContext,
  type SelectedMeasures,
  selectMeasures,
} from "@grok/metrics";
import { type Collection, collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import type { Label } from "../kind/kind";
import { type Assembly, assemble } from "./assembly";
import { ExperimentError } from "./error";
import type { Experiment } from "./experiment";
import { describeMetrics, metricNames } from "./metric-names";
import { printable } from "./printable";
import { runContext } from "./run-context";
import { suggestion } from "./suggestion";

/** What the field `metrics` may hold, for the help. */
export function metricsDescription({ metrics }: Collection = collect()): string {
  return describeMetrics(metrics);
}

/** The measures of a run, and what they may ask of it; null if it has none. */
export interface RunMeasures extends SelectedMeasures {
  readonly context: RunContext;
}

/**
 * The measures that an experiment asks for. Of a group those that the run cannot have are skipped.
 *
 * @param options `extensions` whose kinds it may be made of; default none
 * @throws ExperimentError for an unknown name, a task whose examples never end, or a single measure
 * that the run cannot have
 */
export function measuresOf(
  experiment: Experiment,
  { extensions }: { extensions?: Extensions } = {},
): RunMeasures | null {
  return measuresFor(assemble(experiment, collect(extensions)));
}

/** How {@link measuresFor} takes what it is asked for. */
export interface MeasuresOptions {
  /** How messages call the field. */
  label?: Label;
  /** Whether a single measure that the run cannot have is skipped like those of a group. */
  isLenient?: boolean;
}

/** {@link measuresOf} an experiment whose parts are built. */
export function measuresFor(
  assembly: Assembly,
  { label = (path) => path, isLenient = false }: MeasuresOptions = {},
): RunMeasures | null {
  const { metrics } = assembly.experiment;
  if (metrics.length === 0) return null;
  const measures = assembly.kinds.metrics;
  const { groups, single } = metricNames(measures);
  const names = ["all", "default", ...groups, ...single];
  for (const name of metrics) {
    if (names.includes(name)) continue;
    const hint = suggestion(name, names) || ".";
    throw new ExperimentError(
      `${label("metrics")} must name some of ${names.join(", ")}, not "${printable(name)}"${hint}`,
    );
  }
  const context = runContext(assembly);
  if (isLenient) return { ...possible(metrics, context, measures), context };
  const refuse = (name: string, reason: string) =>
    new ExperimentError(`${label("metrics")} ${name} is not for this run: ${reason}.`);
  for (const { name, unavailable } of measures) {
    if (!metrics.includes(name)) continue;
    const reason = unavailable(context);
    if (reason !== null) throw refuse(name, reason);
  }
  const selected = selectMeasures(metrics, context, measures);
  if (selected.measures.length === 0) {
    throw refuse(metrics.join(","), selected.skipped[0]?.reason as string);
  }
  return { ...selected, context };
}

/** Of some measures and groups, what a run can have by what each says that it needs. */
function possible(
  names: readonly string[],
  context: RunContext,
  measures: readonly Measure[],
): SelectedMeasures {
  const skipped = measures.flatMap(({ name, unavailable }) => {
    const reason = names.includes(name) ? unavailable(context) : null;
    return reason === null ? [] : [{ name, reason }];
  });
  const able = names.filter((name) => !skipped.some((other) => other.name === name));
  const selected = selectMeasures(able, context, measures);
  return { ...selected, skipped: [...selected.skipped, ...skipped] };
}
