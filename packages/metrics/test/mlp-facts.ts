import { binaryTask, randomStream, split } from "@grok/data";
import { embeddingSum, linear } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import type { Anatomy, MlpShape } from "../src/measure/anatomy";
import type { RunContext } from "../src/measure/snapshot";

/** The modulus of the facts. */
export const p = 31;
const shape: MlpShape = {
  input: { kind: "one-hot" },
  slots: 2,
  width: 3 * 31,
  depth: 2,
  alpha: 0,
  activation: "relu",
};

/** The anatomy of the MLP of ChanceSiyuan/grokking, or of another shape. */
export function mlpAnatomy(changes: Partial<MlpShape> = {}): Anatomy {
  const mlp = { ...shape, ...changes };
  return {
    words: mlp.depth === 1 ? "an MLP of one layer" : "an MLP",
    embedding:
      mlp.input.kind === "one-hot"
        ? { parameter: "layers.0.weight", blocks: mlp.slots }
        : { parameter: "embedding", blocks: 1 },
    neuronsToLogits: [{ parameter: `layers.${mlp.depth - 1}.weight`, transpose: false }],
    hidden: mlp.depth > 1,
    attention: null,
    mlp,
  };
}

/** The facts of a run of the MLP of ChanceSiyuan/grokking on an operation, with operands as `exponents` says. */
export function factsOf(operation: string, changes: Partial<RunContext> = {}): RunContext {
  const { pairs, labels, size } = binaryTask({ operation, p, layout: "one-hot" }).dataset();
  const forward: RunContext["forward"] = (at, rows) => {
    const ids = Int32Array.from({ length: 2 * rows.length }, (_, i) => {
      const element = pairs[2 * (rows[i >> 1] as number) + (i & 1)] as number;
      return element + (i & 1) * p;
    });
    const tokens = tf.tensor2d(ids, [rows.length, 2], "int32");
    const hidden = embeddingSum(at["layers.0.weight"] as tf.Tensor, tokens, at["layers.0.bias"], {
      activation: "relu",
    });
    return linear(hidden, at["layers.1.weight"] as tf.Tensor, at["layers.1.bias"]);
  };
  return {
    anatomy: mlpAnatomy(),
    task: { operation, p },
    examples: { pairs, labels },
    train: split(size, 0.4, 0).train,
    forward,
    seed: 0,
    ...changes,
  };
}

/** Random parameters of the same shapes. */
export function randomMlp(): Record<string, tf.Tensor> {
  const stream = randomStream(0, "weights");
  const normal = (rows: number, columns: number, scale: number) =>
    tf.tensor2d(
      stream.normalArray(rows * columns).map((x) => scale * x),
      [rows, columns],
    );
  return {
    "layers.0.weight": normal(2 * p, 93, (2 * p) ** -0.5),
    "layers.0.bias": tf.zeros([93]),
    "layers.1.weight": normal(93, p, 93 ** -0.5),
    "layers.1.bias": tf.zeros([p]),
  };
}
