import type { Batch } from "@grok/data";
import * as tf from "@tensorflow/tfjs";
import type { ReadFixture } from "../../fixture.ts";
import type { Stepped } from "../../stepped.ts";
import { AdamW } from "./adamw.ts";
import { mlpLogits } from "./mlp.ts";
import { transformerLogits } from "./transformer.ts";

/**
 * TensorFlow.js as it comes, on its current backend: `tf.variableGrads`, and `tf.train.adam` with the
 * weight decay that it lacks.
 */
export class StockTraining implements Stepped {
  readonly parameters: number;
  readonly versions: Record<string, string>;
  readonly #fixture: ReadFixture;
  readonly #variables: Record<string, tf.Variable>;
  readonly #optimizer: AdamW;
  #loss: tf.Scalar | undefined;

  constructor(fixture: ReadFixture, versions: Record<string, string>) {
    this.#fixture = fixture;
    this.versions = { "@tensorflow/tfjs": tf.version.tfjs, ...versions };
    this.#variables = Object.fromEntries(
      [...fixture.weights].map(([name, { shape, values }]) => [
        name,
        tf.variable(tf.tensor(values, shape), true, name),
      ]),
    );
    const variables = Object.values(this.#variables);
    this.#optimizer = new AdamW(fixture.optimizer, variables);
    this.parameters = variables.reduce((total, { size }) => total + size, 0);
  }

  step({ tokens, labels, size }: Batch): void {
    const { model, answerPositions, length } = this.#fixture;
    this.#loss?.dispose();
    this.#loss = tf.tidy(() => {
      const ids = tf.tensor2d(tokens, [size, length], "int32"); // [size, length]
      const hot = tf.oneHot(tf.tensor1d(labels, "int32"), model.classes); // [answers, classes]
      const { value, grads } = tf.variableGrads(() => {
        const logits =
          model.kind === "mlp"
            ? mlpLogits(model, this.#variables, ids)
            : transformerLogits(model, this.#variables, ids, answerPositions);
        return tf.losses.softmaxCrossEntropy(hot, logits) as tf.Scalar;
      });
      this.#optimizer.step(grads);
      return value;
    });
  }

  async loss(): Promise<number> {
    return (await (this.#loss as tf.Scalar).data())[0] as number;
  }

  /** Reads the newest loss: what tfjs has not submitted yet is submitted then. */
  async finish(): Promise<void> {
    await this.loss();
  }
}
