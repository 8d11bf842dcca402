import { split } from "@grok/data";
import type { NamedParameters, Subject } from "@grok/inspect";
import { cyclicGroup } from "@grok/metrics";
import type { Assembly } from "./assembly";
import { ExperimentError } from "./error";

/**
 * An experiment's network with all of its examples, as @grok/inspect takes it apart.
 *
 * @param parameters of the network; only read
 * @throws ExperimentError for a task whose examples never end, or whose answers are numbers
 */
export function subjectOf(assembly: Assembly, parameters: NamedParameters): Subject {
  const { experiment, network, task } = assembly;
  const { kind } = experiment.task;
  if (task.kind !== "finite" || task.values > 0) {
    const why = task.values > 0 ? "its answers are numbers" : "its examples never end";
    throw new ExperimentError(
      `A network of task ${kind} cannot be taken apart: ${why}, and it is judged by its right answers to all examples.`,
    );
  }
  const examples = task.dataset();
  const { train } = split(examples.size, task.trainFraction ?? undefined, experiment.seed);
  const { operation, p } = task.equation ?? { operation: kind, p: null };
  return {
    network,
    parameters,
    examples,
    length: task.length,
    answerPositions: task.answerPositions,
    train,
    group: p === null ? null : cyclicGroup(operation, p),
    firstToken: task.equation?.firstToken ?? 0,
    loss: assembly.loss(),
  };
}
