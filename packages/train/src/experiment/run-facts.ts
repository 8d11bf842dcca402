import { type BinaryTask, binaryTask, gather, split } from "@grok/data";
import type { RunFacts } from "@grok/metrics";
import { hiddenActivations, networkOf, type Plan } from "@grok/models";
import { modelOf, taskOf } from "./build";
import { ExperimentError } from "./error";
import type { Experiment } from "./experiment";

/**
 * What the measures of @grok/metrics may ask of an experiment's run.
 *
 * Of several answers of an example, the first is the one looked at: the others are the end of the
 * sequence.
 *
 * @throws ExperimentError for a task whose examples never end
 */
export function runFacts(experiment: Experiment): RunFacts {
  const { task: settings, shortcuts, seed } = experiment;
  const task = taskOf(experiment);
  if (task.kind !== "finite" || !("trainFraction" in settings)) {
    throw new ExperimentError(
      `Task ${settings.kind} can have no metrics, as its examples never end and measures need all of them.`,
    );
  }
  const network = networkOf(modelOf(experiment));
  const dataset = task.dataset();
  const [read = 0] = task.reads;
  const answers = task.reads.length;
  const labels = Int32Array.from(
    { length: dataset.size },
    (_, row) => dataset.labels[row * answers] as number,
  );
  // The same rows come again at every evaluation.
  const plans = new WeakMap<Int32Array, Plan>();
  const planOf = (rows: Int32Array): Plan => {
    let made = plans.get(rows);
    if (made === undefined) {
      const { tokens, size } = gather(dataset, rows);
      made = network.plan({ tokens, size, length: task.length, reads: [read] }, { shortcuts });
      plans.set(rows, made);
    }
    return made;
  };
  return {
    anatomy: network.anatomy,
    task: operationOf(settings),
    examples: {
      pairs: "pairs" in dataset ? (dataset.pairs as Int32Array) : Int32Array.of(),
      labels,
    },
    train: split(dataset.size, settings.trainFraction, seed).train,
    forward: (parameters, rows) => network.forward(parameters, planOf(rows)), // [rows, classes]
    hidden: (parameters, rows) => hiddenActivations(network, parameters, planOf(rows)).hidden, // [rows, neurons]
    loss: experiment.training.loss,
    lossPrecision: experiment.training.lossPrecision,
    seed,
  };
}

function operationOf(settings: Experiment["task"]): RunFacts["task"] {
  if (!("op" in settings)) return { operation: settings.kind, p: null };
  const { kind, op: operation, layout: name } = settings;
  const p = kind === "modular" ? settings.p : null;
  const { layout } = binaryTask({ operation, p: p ?? undefined, layout: name });
  return {
    operation,
    p,
    firstToken: offsetOf(layout.tokens, "a"),
    firstClass: offsetOf(layout.labels, "c"),
  };
}

/** The token or class of element 0. */
function offsetOf(cells: BinaryTask["layout"]["tokens"], element: "a" | "c"): number {
  for (const cell of cells) {
    if (typeof cell !== "number" && cell.element === element) return cell.offset;
  }
  return 0;
}
