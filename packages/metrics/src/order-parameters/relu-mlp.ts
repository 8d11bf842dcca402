import { checkMatrix, type Matrix, zeroMatrix } from "../matrix/matrix";
import { multiply } from "../matrix/product";

/** One linear layer. */
export interface LinearLayer {
  /** [in, out] */
  readonly weight: Matrix;
  /** [out]; absent where the layer has none, which then is no parameter either. */
  readonly bias?: Float32Array | Float64Array;
}

/** An MLP as arrays: per hidden layer relu(scale·(x·W + b)), then x·W + b. */
export interface ReluMlp {
  readonly layers: readonly LinearLayer[];
  /** Factor on hidden pre-activations, N^−α in ChanceSiyuan/grokking; default 1. */
  readonly scale?: number;
}

/** What an MLP computes on the way to its logits. */
export interface ReluActivity {
  /** The input of each layer, [n, in]. */
  readonly inputs: readonly Matrix[];
  /** Per hidden layer 1 where a unit is on, else 0, [n, width]. */
  readonly masks: readonly Matrix[];
}

/** Runs the hidden layers, in double precision. */
export function reluActivity({ layers, scale = 1 }: ReluMlp, first: Matrix): ReluActivity {
  const inputs = [first];
  const masks: Matrix[] = [];
  for (const { weight, bias } of layers.slice(0, -1)) {
    const product = multiply(inputs.at(-1) as Matrix, weight); // [n, width]
    const hidden = zeroMatrix(product.rows, product.columns);
    const mask = zeroMatrix(product.rows, product.columns);
    for (let i = 0; i < hidden.values.length; i++) {
      const at = scale * ((product.values[i] as number) + (bias?.[i % product.columns] ?? 0));
      if (at <= 0) continue;
      hidden.values[i] = at;
      mask.values[i] = 1;
    }
    inputs.push(hidden);
    masks.push(mask);
  }
  return { inputs, masks };
}

/** Throws a RangeError unless layers and inputs fit each other and are finite. */
export function checkMlp({ layers }: ReluMlp, inputs: Matrix): void {
  checkMatrix(inputs, "the inputs");
  if (layers.length === 0) throw new RangeError("an MLP needs at least one layer");
  let width = inputs.columns;
  for (const [i, { weight, bias }] of layers.entries()) {
    checkMatrix(weight, `the weight of layer ${i}`, { rows: width });
    width = weight.columns;
    if (bias === undefined) continue;
    const row = { values: bias, rows: 1, columns: bias.length };
    checkMatrix(row, `the bias of layer ${i}`, { columns: width });
  }
}
