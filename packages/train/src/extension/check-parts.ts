import { type Batch, rowsOf, type TrainingData } from "@grok/data";
import type { Parameters } from "@grok/models";
import { registerStockGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { type Assembly, assemble } from "../experiment/assembly";
import type { Experiment } from "../experiment/experiment";
import { printable } from "../experiment/printable";
import { collect } from "../kind/collection";
import type { Extensions } from "../kind/extension";
import { Network } from "../loop/network";
import { ExtensionError } from "./error";
import { ownPartName } from "./part-name";

/** Examples that a check looks at. */
const checked = 8;

/**
 * Makes ready what parts of extensions need to be trained, the gradients of stock operations, and
 * checks on a few examples, with the initial weights, that they fit together: the task's examples,
 * the shape and the numbers of the network's outputs, the loss, and that there are gradients. An
 * experiment of built-in parts is not looked at.
 *
 * @throws ExtensionError in a sentence that names the file and the part
 */
export async function checkParts(
  experiment: Experiment,
  { extensions }: { extensions?: Extensions } = {},
): Promise<void> {
  if (experiment.extensions === undefined) return;
  const assembly = assemble(experiment, collect(extensions));
  const task = ownPartName("task", experiment.task.kind, assembly.kinds);
  const data = await saying(task, "gives no examples", () => assembly.data());
  const model = ownPartName("model", experiment.model.architecture, assembly.kinds);
  const network = await saying(model, "cannot be built", () => new Network(assembly));
  const parameters = await saying(model, "has no initial weights", () =>
    network.model.initialise(experiment.seed),
  );
  try {
    await checkAssembly(assembly, network, data, parameters);
  } finally {
    tf.dispose(parameters);
  }
}

/**
 * As {@link checkParts}, of what is built already.
 *
 * @param parameters the weights that the run begins with
 */
export async function checkAssembly(
  assembly: Assembly,
  network: Network,
  data: TrainingData,
  parameters: Parameters,
): Promise<void> {
  const { experiment, kinds } = assembly;
  if (experiment.extensions === undefined) return;
  await registerStockGradients();
  const batch = data.batch(0);
  const examples = rowsOf(batch, 0, Math.min(checked, batch.size));
  const task = ownPartName("task", experiment.task.kind, kinds);
  if (task !== null) checkExamples(examples, assembly, task);
  const model = ownPartName("model", experiment.model.architecture, kinds);
  if (model !== null) await checkOutputs(examples, assembly, network, parameters, model);
  const loss = ownPartName("loss", experiment.training.loss, kinds);
  const either = loss ?? model;
  if (either === null || Object.keys(parameters).length === 0) return;
  const ready = network.prepare(examples);
  try {
    const { value, gradients } = await saying(either, "has no gradients", () =>
      network.gradients(parameters, ready, 0),
    );
    const [mean = Number.NaN] = await value.loss.data();
    const slopes = await Promise.all(Object.values(gradients).map((each) => each.data()));
    tf.dispose([value.loss, value.correct ?? [], ...Object.values(gradients)]);
    if (value.loss.size !== 1 || !Number.isFinite(mean)) {
      const what = value.loss.size === 1 ? mean : `of shape [${value.loss.shape.join(", ")}]`;
      throw new ExtensionError(
        `${either} gives the loss ${what} with the initial weights; it must be one finite number.`,
      );
    }
    if (slopes.some((each) => each.some((slope) => slope !== 0))) return;
    throw new ExtensionError(
      `${either} gives every weight the gradient 0, so nothing would be learned; an operation in it may have no gradient.`,
    );
  } finally {
    ready.answers.dispose();
  }
}

function checkExamples(examples: Batch, { task }: Assembly, part: string): void {
  const { size, tokens, labels } = examples;
  const { vocabulary, classes, length, answerPositions } = task;
  for (const [what, values, count, width] of [
    ["tokens", tokens, vocabulary, length],
    ["labels", labels, classes, answerPositions.length],
  ] as const) {
    if (width > 0 && count > 0 && values.length !== size * width) {
      throw new ExtensionError(
        `${part} has ${values.length} ${what} for ${size} examples; it must have ${width} for each.`,
      );
    }
    const place = values.findIndex((value) => value < 0 || value >= count);
    if (place < 0) continue;
    throw new ExtensionError(
      `${part} has ${values[place]} among its ${what}; they must be from 0 to ${count - 1}.`,
    );
  }
}

async function checkOutputs(
  examples: Batch,
  { task }: Assembly,
  network: Network,
  parameters: Parameters,
  part: string,
): Promise<void> {
  const outputs = await saying(part, "cannot make a forward pass", () =>
    network.model.forward(parameters, network.plan(examples, false)),
  );
  const values = await outputs.data();
  const shape = [...outputs.shape];
  outputs.dispose();
  const wanted = [
    examples.size * Math.max(1, task.answerPositions.length),
    task.classes || task.values,
  ];
  if (shape.join() !== wanted.join()) {
    throw new ExtensionError(
      `${part} gives outputs of shape [${shape.join(", ")}] for ${examples.size} examples; they must be of shape [${wanted.join(", ")}], a row for each answer.`,
    );
  }
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad === undefined) return;
  throw new ExtensionError(
    `${part} gives ${bad} among its outputs with the initial weights; all must be finite numbers.`,
  );
}

/** What a part of somebody's throws, in a sentence that names the part. */
async function saying<T>(part: string | null, what: string, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (part === null || error instanceof ExtensionError) throw error;
    const text = printable(error instanceof Error ? error.message : String(error)).trim();
    throw new ExtensionError(`${part} ${what}: ${text}${/[.!?]$/.test(text) ? "" : "."}`, {
      cause: error,
    });
  }
}
