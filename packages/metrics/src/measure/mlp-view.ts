import { activate, embedding, linear, reshape, scale } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { type Matrix, zeroMatrix } from "../matrix/matrix";
import type { TangentInputs } from "../order-parameters/mlp-tangent-kernel";
import type { LinearLayer, ReluMlp } from "../order-parameters/relu-mlp";
import type { MlpShape } from "./anatomy";
import type { Snapshot } from "./snapshot";

/** The tokens of some examples: a and b, the latter p on where the input is one-hot, [rows · 2]. */
function tokensOf({ context }: Snapshot, shape: MlpShape, rows: Int32Array): Int32Array {
  const { examples, task } = context;
  const first = task.firstToken ?? 0;
  const shift = shape.input.kind === "one-hot" ? (task.p ?? 0) : 0;
  return Int32Array.from({ length: 2 * rows.length }, (_, i) => {
    const element = examples.pairs[2 * (rows[i >> 1] as number) + (i & 1)] as number;
    return first + element + (i & 1) * shift;
  });
}

/** The MLP as arrays, and the inputs of some examples. */
export async function mlpArrays(
  snapshot: Snapshot,
  shape: MlpShape,
  rows: Int32Array,
): Promise<{ mlp: ReluMlp; examples: TangentInputs }> {
  const layers: LinearLayer[] = [];
  for (let layer = 0; layer < shape.depth; layer++) {
    const weight = await snapshot.parameter(`layers.${layer}.weight`);
    if (shape.biases === false) layers.push({ weight });
    else layers.push({ weight, bias: (await snapshot.parameter(`layers.${layer}.bias`)).values });
  }
  const tokens = tokensOf(snapshot, shape, rows);
  const table = shape.input.kind === "embedding" ? await snapshot.parameter("embedding") : null;
  const inputs = inputRows(tokens, rows.length, (layers[0] as LinearLayer).weight.rows, table);
  return {
    mlp: { layers, scale: shape.width ** -shape.alpha },
    examples: table === null ? { inputs } : { inputs, tokens },
  };
}

function inputRows(tokens: Int32Array, count: number, width: number, table: Matrix | null): Matrix {
  const inputs = zeroMatrix(count, width);
  for (const [i, token] of tokens.entries()) {
    const row = i >> 1;
    if (table === null) {
      inputs.values[row * width + token] = 1;
    } else {
      const { columns } = table;
      const embedded = table.values.subarray(token * columns, (token + 1) * columns);
      inputs.values.set(embedded, row * width + (i & 1) * columns);
    }
  }
  return inputs;
}

/** The last hidden activations of an MLP on some examples, on the device: [rows, width]. */
export function mlpHidden(snapshot: Snapshot, shape: MlpShape, rows: Int32Array): tf.Tensor2D {
  const { parameters } = snapshot;
  const weightOf = (name: string): tf.Tensor => {
    const tensor = parameters[name];
    if (tensor === undefined) throw new RangeError(`there is no parameter ${name}`);
    return tensor;
  };
  const biasOf = (layer: number) =>
    shape.biases === false ? undefined : weightOf(`layers.${layer}.bias`);
  return tf.tidy(() => {
    const tokens = tokensOf(snapshot, shape, rows);
    const factor = shape.width ** -shape.alpha;
    const hidden = (x: tf.Tensor) => activate(scale(x, factor), shape.activation);
    let x: tf.Tensor;
    if (shape.input.kind === "one-hot") {
      const parts = embedding(weightOf("layers.0.weight"), tf.tensor1d(tokens, "int32")); // [2 rows, width]
      const sum = tf.sum(tf.reshape(parts, [rows.length, 2, -1]), 1); // [rows, width]
      const bias = biasOf(0);
      x = hidden(bias === undefined ? sum : tf.add(sum, bias));
    } else {
      const parts = embedding(weightOf("embedding"), tf.tensor1d(tokens, "int32")); // [2 rows, d]
      const width = 2 * (parts.shape[1] as number);
      const joined = reshape(parts, [rows.length, width]); // [rows, 2 d]
      x = hidden(linear(joined, weightOf("layers.0.weight"), biasOf(0)));
    }
    for (let layer = 1; layer < shape.depth - 1; layer++) {
      x = hidden(linear(x, weightOf(`layers.${layer}.weight`), biasOf(layer)));
    }
    return x as tf.Tensor2D; // [rows, width]
  });
}
