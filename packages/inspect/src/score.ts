import { Tally } from "@grok/metrics";
import type { PointHooks } from "@grok/models";
import { softmaxCrossEntropy } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { type Part, partsOf } from "./parts";
import type { NamedParameters, Subject } from "./subject";

/** How a network answers; null for a set without examples. */
export interface SubjectScore {
  /** Share of all examples answered right. */
  accuracy: number | null;
  train_acc: number | null;
  val_acc: number | null;
  /** Mean loss of all examples; of cross-entropy in nats. */
  loss: number | null;
  train_loss: number | null;
  val_loss: number | null;
}

/** What is different in a pass. */
export interface PassChange {
  /** In place of the subject's. */
  parameters?: NamedParameters;
  /** What is done at points for a part of the examples; called in a tidy scope. */
  at?: (part: Part) => PointHooks;
  /** Whether the hooks treat all rows alike, so that rows may be shared. */
  sharedRows?: boolean;
}

/**
 * Logits of a part of the examples, with something different in the pass.
 *
 * @returns [size · answers, classes]
 */
export function passPart(
  { network, parameters }: Subject,
  part: Part,
  change: PassChange = {},
): tf.Tensor2D {
  const at = change.at?.(part);
  const isPlain = at !== undefined && change.sharedRows !== true;
  return network.forward(
    { ...(change.parameters ?? parameters) },
    isPlain ? part.plain : part.quick,
    {
      at,
      sharedRows: change.sharedRows,
    },
  );
}

/**
 * Accuracies and losses of a network on its subject's examples.
 *
 * @param change what is different in the pass; default nothing
 */
export async function scoreSubject(
  subject: Subject,
  change: PassChange = {},
): Promise<SubjectScore> {
  const group = subject.answerPositions.length;
  const loss =
    subject.loss ??
    ((logits: tf.Tensor2D, labels: tf.Tensor1D) => softmaxCrossEntropy(logits, labels, { group }));
  const tallies = { train: new Tally(), val: new Tally() };
  for (const part of partsOf(subject)) {
    tf.tidy(() => {
      const labels = tf.tensor1d(part.labels, "int32"); // [size · answers]
      const outcome = loss(passPart(subject, part, change), labels);
      tallies[part.isTrained ? "train" : "val"].add(outcome, part.batch.size);
    });
  }
  const train = await tallies.train.read();
  const val = await tallies.val.read();
  const examples = train.examples + val.examples;
  const whole = (key: "loss" | "accuracy") =>
    (train.examples === 0 ? 0 : train[key] * train.examples) +
    (val.examples === 0 ? 0 : val[key] * val.examples);
  return {
    accuracy: numberOf(whole("accuracy") / examples),
    train_acc: numberOf(train.accuracy),
    val_acc: numberOf(val.accuracy),
    loss: numberOf(whole("loss") / examples),
    train_loss: numberOf(train.loss),
    val_loss: numberOf(val.loss),
  };
}

function numberOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
