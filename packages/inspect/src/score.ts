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
  const tally = new ScoreTally();
  const loss = lossOf(subject);
  for (const part of partsOf(subject)) {
    tf.tidy(() => tally.add(part, loss, passPart(subject, part, change)));
  }
  return tally.read();
}

/** A network's answers to all of its subject's examples, and how right they are. */
export interface SubjectAnswers {
  readonly score: SubjectScore;
  /** In the order of the subject's examples, [examples · answers, classes]. */
  readonly logits: Float32Array;
}

/**
 * {@link scoreSubject} with the logits themselves, from the same pass.
 *
 * @param change what is different in the pass; default nothing
 *
 * @example
 * const { change, dispose } = await ablation(subject, [{ kind: "head", layer: 0, head: 1 }]);
 * const { score, logits } = await answerSubject(subject, change);
 */
export async function answerSubject(
  subject: Subject,
  change: PassChange = {},
): Promise<SubjectAnswers> {
  const tally = new ScoreTally();
  const loss = lossOf(subject);
  const answers = subject.answerPositions.length;
  let logits = new Float32Array(0);
  for (const part of partsOf(subject)) {
    const own = tf.tidy(() => {
      const made = passPart(subject, part, change); // [size · answers, classes]
      tally.add(part, loss, made);
      return made;
    });
    const values = await own.data();
    const width = answers * own.shape[1];
    if (logits.length === 0) logits = new Float32Array(subject.examples.size * width);
    for (const [i, row] of part.rows.entries()) {
      logits.set(values.subarray(i * width, (i + 1) * width) as Float32Array, row * width);
    }
    own.dispose();
  }
  return { score: await tally.read(), logits };
}

type SubjectLoss = NonNullable<Subject["loss"]>;

function lossOf({ loss, answerPositions }: Subject): SubjectLoss {
  const group = answerPositions.length;
  return loss ?? ((logits, labels) => softmaxCrossEntropy(logits, labels, { group }));
}

/** Losses and right answers of the parts that have passed, by whether they are trained on. */
class ScoreTally {
  readonly #sets = { train: new Tally(), val: new Tally() };

  add({ labels, isTrained, batch }: Part, loss: SubjectLoss, logits: tf.Tensor2D): void {
    const outcome = loss(logits, tf.tensor1d(labels, "int32"));
    this.#sets[isTrained ? "train" : "val"].add(outcome, batch.size);
  }

  async read(): Promise<SubjectScore> {
    const train = await this.#sets.train.read();
    const val = await this.#sets.val.read();
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
}

function numberOf(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
