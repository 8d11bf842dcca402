import { parameterShapes } from "@grok/models";
import { assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { changesBefore, experimentUnder } from "./experiment-under";

/**
 * An experiment as it holds in the update that leads to a step: with what has changed before that,
 * and no changes to come. The examples that a network at that step was trained on last are its.
 *
 * @throws ExperimentError if its task cannot be built here
 */
export function experimentAt(
  experiment: Experiment,
  step: number,
  { extensions }: { extensions?: Extensions } = {},
): Experiment {
  const made = changesBefore(experiment, step);
  if (made === 0) {
    const { changes: _, ...rest } = experiment;
    return rest as Experiment;
  }
  const kinds = collect(extensions);
  const names = Object.keys(parameterShapes(assemble(experiment, kinds).network));
  return experimentUnder(experiment, made, names, kinds);
}
