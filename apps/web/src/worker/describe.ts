import { findOperation } from "@grok/data";
import { parameterCount } from "@grok/models";
import { type Experiment, flagDefault, flags, modelOf, taskOf } from "@grok/train";
import type { Described } from "./protocol";

/** What the page says of an experiment. */
export function describe(experiment: Experiment): Described {
  const values: Described["values"] = {};
  for (const flag of flags) {
    if (flag.path === null) continue;
    const isHere = placeOf(experiment, flag.path) !== undefined;
    values[flag.name] = isHere ? flagDefault(flag, experiment) : null;
  }
  return {
    experiment,
    values,
    task: taskText(experiment),
    optimizer: `${experiment.optimizer.kind}, lr ${experiment.optimizer.lr}, weight decay ${experiment.optimizer.weightDecay}`,
    parameters: parameterCount(modelOf(experiment)),
    chance: taskOf(experiment).chance,
  };
}

function placeOf(experiment: Experiment, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (parent, key) => (parent as Record<string, unknown> | null)?.[key],
      experiment,
    );
}

function taskText(experiment: Experiment): string {
  const { task } = experiment;
  if (!("op" in task)) return taskOf(experiment).name;
  const [what = ""] = findOperation(task.op).description.split(", that is");
  return task.kind === "modular" ? what.replaceAll("mod p", `mod ${task.p}`) : what;
}
