import { type Matrix, zeroMatrix } from "../matrix/matrix";
import { gramOfRows, innerProduct, multiplyTransposed } from "../matrix/product";
import { checkMlp, type LinearLayer, type ReluMlp, reluActivity } from "./relu-mlp";

/** The examples of a tangent kernel. */
export interface TangentInputs {
  /** What the first layer takes, [n, in]. */
  readonly inputs: Matrix;
  /**
   * Where the inputs are rows of one embedding that is a parameter too, joined slot after slot: which
   * row each slot shows, [n · slots].
   */
  readonly tokens?: Int32Array;
}

/** What a tangent kernel is of: the sum of all logits, or each logit by itself, added up. */
export type TangentOutput = "sum" | "trace";

/**
 * The empirical neural tangent kernel of a ReLU MLP over all of its weights and biases, exactly and
 * without forming the Jacobian: a layer's gradient is an outer product, so with h the layer's input
 * and δ the gradient of an output by its pre-activation
 *
 *     K_ij = Σ_outputs Σ_layers (δ_i·δ_j)·(h_i·h_j + 1)
 *
 * (without the 1 where the layer has no bias)
 * and, with an embedding, Σ over slots s and t with the same token of δ_i,s·δ_j,t more.
 *
 * @param output `"sum"`: the one output is the sum of all logits (ChanceSiyuan/grokking); `"trace"`:
 *   each logit is one, which keeps the classes apart
 * @returns [n, n] in double precision; the derivative of relu at 0 is 0, as in PyTorch
 * @throws RangeError if layers or inputs do not fit each other or are not finite
 */
export function mlpTangentKernel(
  mlp: ReluMlp,
  { inputs, tokens }: TangentInputs,
  output: TangentOutput,
): Matrix {
  checkMlp(mlp, inputs);
  const slots = slotsOf(inputs, tokens);
  const { layers, scale = 1 } = mlp;
  const last = layers.length - 1;
  const top = layers[last] as LinearLayer;
  const n = inputs.rows;
  const activity = reluActivity(mlp, inputs);
  const kernel = zeroMatrix(n, n);
  // Per example the gradient of each output by the pre-activation of a layer, [outputs, width].
  let gradients = outputGradients(n, top.weight.columns, output);
  const ofGradients = (i: number, j: number) =>
    innerProduct((gradients[i] as Matrix).values, (gradients[j] as Matrix).values);

  for (let layer = last; layer >= 0; layer--) {
    let product = ofGradients;
    if (layer === last) {
      product = () => top.weight.columns;
    } else {
      const mask = activity.masks[layer] as Matrix;
      // Below the last layer gradients differ in their masks only and need not be multiplied out.
      if (layer === last - 1) product = maskedProduct(top, mask, scale, output);
      if (last > 1 || slots > 0) {
        gradients = backward(gradients, (layers[layer + 1] as LinearLayer).weight, mask, scale);
      }
    }
    const ofInputs = gramOfRows(activity.inputs[layer] as Matrix).values;
    const ofBias = (layers[layer] as LinearLayer).bias === undefined ? 0 : 1;
    addUpper(kernel, (i, j) => product(i, j) * ((ofInputs[i * n + j] as number) + ofBias));
  }
  if (tokens !== undefined) {
    const { weight } = layers[0] as LinearLayer;
    const ofSlots = gradients.map((gradient) => multiplyTransposed(gradient, weight)); // [outputs, slots · d]
    addUpper(kernel, (i, j) => sharedTokens(ofSlots, tokens, slots, i, j));
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) kernel.values[i * n + j] = kernel.values[j * n + i] as number;
  }
  return kernel;
}

function addUpper(kernel: Matrix, of: (i: number, j: number) => number): void {
  const n = kernel.rows;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      kernel.values[i * n + j] = (kernel.values[i * n + j] as number) + of(i, j);
    }
  }
}

/** The gradients by the logits themselves, alike for all examples. */
function outputGradients(n: number, classes: number, output: TangentOutput): Matrix[] {
  const gradient = zeroMatrix(output === "sum" ? 1 : classes, classes);
  for (let c = 0; c < classes; c++) {
    gradient.values[output === "sum" ? c : c * (classes + 1)] = 1;
  }
  return Array.from({ length: n }, () => gradient);
}

/** Gradients by the pre-activation of the layer below: scale·δ·Wᵀ where its unit is on. */
function backward(gradients: Matrix[], weight: Matrix, mask: Matrix, scale: number): Matrix[] {
  const width = weight.rows;
  return gradients.map((gradient, i) => {
    const below = multiplyTransposed(gradient, weight);
    for (let at = 0; at < below.values.length; at++) {
      const factor = scale * (mask.values[i * width + (at % width)] as number);
      below.values[at] = factor * (below.values[at] as number);
    }
    return below;
  });
}

/** Σ_outputs δ_i·δ_j below the last layer, W: scale²·Σ_k ‖row k of W‖² where unit k is on in both. */
function maskedProduct(
  { weight }: LinearLayer,
  mask: Matrix,
  scale: number,
  output: TangentOutput,
): (i: number, j: number) => number {
  const width = weight.rows;
  const outgoing = Float64Array.from({ length: width }, (_, k) => {
    const row = weight.values.subarray(k * weight.columns, (k + 1) * weight.columns);
    if (output === "trace") return scale ** 2 * innerProduct(row, row);
    let sum = 0;
    for (const value of row) sum += value;
    return (scale * sum) ** 2;
  });
  return (i, j) => {
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const both = (mask.values[i * width + k] as number) * (mask.values[j * width + k] as number);
      sum += both * (outgoing[k] as number);
    }
    return sum;
  };
}

function sharedTokens(
  gradients: Matrix[],
  tokens: Int32Array,
  slots: number,
  i: number,
  j: number,
): number {
  const [a, b] = [gradients[i] as Matrix, gradients[j] as Matrix];
  const d = a.columns / slots;
  let sum = 0;
  for (let s = 0; s < slots; s++) {
    for (let t = 0; t < slots; t++) {
      if (tokens[i * slots + s] !== tokens[j * slots + t]) continue;
      for (let row = 0; row < a.values.length; row += a.columns) {
        sum += innerProduct(
          a.values.subarray(row + s * d, row + (s + 1) * d),
          b.values.subarray(row + t * d, row + (t + 1) * d),
        );
      }
    }
  }
  return sum;
}

/** How many embedded slots there are, 0 without tokens. */
function slotsOf(inputs: Matrix, tokens: Int32Array | undefined): number {
  if (tokens === undefined) return 0;
  const slots = tokens.length / inputs.rows;
  if (!Number.isInteger(slots) || slots === 0 || inputs.columns % slots !== 0) {
    throw new RangeError(
      `${tokens.length} tokens do not fit ${inputs.rows} inputs of ${inputs.columns} features`,
    );
  }
  return slots;
}
