import { measures, type RunFacts, type SelectedMeasures, selectMeasures } from "@grok/metrics";
import { ExperimentError } from "./error";
import type { Experiment } from "./experiment";
import { suggestion } from "./nearest";
import type { Label } from "./parse";
import { printable } from "./printable";
import { runFacts } from "./run-facts";

const groups = [...new Set(measures.map(({ group }) => group))];
const single = measures
  .map(({ name }) => name)
  .filter((name) => !(groups as string[]).includes(name));
const names: readonly string[] = ["all", "default", ...groups, ...single];

/** What the field `metrics` may hold, for the help. */
export const metricsDescription = `columns to compute at each evaluation, separated by commas: ${groups.join(", ")}; single ones of ${single.join(", ")}; default (those that are cheap), all, or none`;

/** The measures of a run, and what they may ask of it; null where it has none. */
export interface RunMeasures extends SelectedMeasures {
  readonly facts: RunFacts;
}

/**
 * The measures that an experiment asks for. Of a group those that the run cannot have are skipped.
 *
 * @throws ExperimentError for an unknown name, a task whose examples never end, or a single measure
 * that the run cannot have
 */
export function measuresOf(
  experiment: Experiment,
  label: Label = (path) => path,
): RunMeasures | null {
  const { metrics } = experiment;
  if (metrics.length === 0) return null;
  for (const name of metrics) {
    if (names.includes(name)) continue;
    const hint = suggestion(name, names) || ".";
    throw new ExperimentError(
      `${label("metrics")} must name some of ${names.join(", ")}, not "${printable(name)}"${hint}`,
    );
  }
  const facts = runFacts(experiment);
  const refuse = (name: string, reason: string) =>
    new ExperimentError(`${label("metrics")} ${name} is not for this run: ${reason}.`);
  for (const { name, unavailable } of measures) {
    if (!metrics.includes(name)) continue;
    const reason = unavailable(facts);
    if (reason !== null) throw refuse(name, reason);
  }
  const selected = selectMeasures(metrics, facts);
  if (selected.measures.length === 0) {
    throw refuse(metrics.join(","), selected.skipped[0]?.reason as string);
  }
  return { ...selected, facts };
}
