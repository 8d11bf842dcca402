import { gather, split } from "@grok/data";
import type { RunContext } from "@grok/metrics";
import { hiddenActivations, type Plan } from "@grok/models";
import type { Assembly } from "./assembly";
import { ExperimentError } from "./error";

/**
 * What the measures of @grok/metrics may ask of an experiment's run.
 *
 * Of several answers of an example, the first is the one looked at: the others are the end of the
 * sequence.
 *
 * @throws ExperimentError for a task whose examples never end
 */
export function runContext(assembly: Assembly): RunContext {
  const { experiment, network, task, lossKind } = assembly;
  const { task: settings, shortcuts, seed, training } = experiment;
  if (task.kind !== "finite") {
    throw new ExperimentError(
      `Task ${settings.kind} can have no metrics, as its examples never end and measures need all of them.`,
    );
  }
  const dataset = task.dataset();
  const [read = 0] = task.answerPositions;
  const answers = task.answerPositions.length;
  const labels = Int32Array.from(
    { length: dataset.size },
    (_, row) => dataset.labels[row * answers] ?? 0,
  );
  const { train } = split(dataset.size, task.trainFraction ?? undefined, seed);
  if (training.labelNoise > 0) {
    // Measures see what was trained on.
    const trained = assembly.data().trainSet(0).labels;
    for (const [i, row] of train.entries()) labels[row] = trained[i * answers] as number;
  }
  // The same rows come again at every evaluation.
  const plans = new WeakMap<Int32Array, Plan>();
  const planOf = (rows: Int32Array): Plan => {
    let made = plans.get(rows);
    if (made === undefined) {
      const { tokens, features, size } = gather(dataset, rows);
      const batch = { tokens, features, size, length: task.length, answerPositions: [read] };
      made = network.plan(batch, { shortcuts });
      plans.set(rows, made);
    }
    return made;
  };
  return {
    anatomy: network.anatomy,
    task: task.equation ?? { operation: settings.kind, p: null },
    examples: {
      pairs: "pairs" in dataset ? (dataset.pairs as Int32Array) : Int32Array.of(),
      labels,
      ...(task.values > 0 ? { targets: dataset.targets } : {}),
    },
    areValues: task.values > 0,
    train,
    forward: (parameters, rows) => network.forward(parameters, planOf(rows)), // [rows, classes]
    hidden: (parameters, rows) => hiddenActivations(network, parameters, planOf(rows)).hidden, // [rows, neurons]
    loss: lossKind.gradients ?? training.loss,
    lossPrecision: "lossPrecision" in training ? training.lossPrecision : "float32",
    seed,
  };
}
