import { innerProduct } from "../matrix/product";
import { type LossAt, type ParameterTensors, ParameterVector } from "./parameter-vector";

/** Where a power iteration starts. */
export interface NormalStream {
  /** A standard normal number. */
  normal(): number;
}

/** Settings of {@link sharpness}. */
export interface SharpnessOptions {
  /** The start is drawn from it; pass a stream of @grok/data for a result that can be repeated. */
  random: NormalStream;
  /** Iterations at most, per eigenvalue; default 50. */
  iterations?: number;
  /** The relative change of the eigenvalue below which it is found; default 10⁻³. */
  tolerance?: number;
  /**
   * The length of the step of the central differences, as a share of ‖θ‖ (of 1 for θ = 0); default
   * 10⁻³, where rounding in float32 and curvature of the gradient weigh about the same.
   */
  stepSize?: number;
}

/** What a power iteration found. */
export interface Sharpness {
  /** The Hessian's largest eigenvalue. */
  readonly value: number;
  /** Hessian-vector products made, of two gradients each. */
  readonly products: number;
  /** Whether the eigenvalue had settled to the tolerance. */
  readonly converged: boolean;
}

/**
 * Sharpness: the largest eigenvalue λ of the Hessian H of a loss, by power iteration with products
 * from central differences of gradients:
 *
 *     H·v ≈ (g(θ + εv) − g(θ − εv)) / 2ε     v ← H·v / ‖H·v‖     λ = v·H·v
 *
 * Power iteration finds the eigenvalue of the largest size; where that is negative it continues with
 * H − λ·1, whose largest in size is the largest eigenvalue of H less λ.
 *
 * @param parameters θ, by name; only read
 * @param loss e.g. the mean cross-entropy over all training examples, by operations of @grok/ops
 * @throws RangeError if parameters or gradients are not finite, or a setting is out of range
 *
 * @example
 * await sharpness(
 *   parameters,
 *   (at) => softmaxCrossEntropy(forward(config, at, trainSet), labels).loss,
 *   { random: randomStream(0, "sharpness") },
 * );
 */
export async function sharpness(
  parameters: ParameterTensors,
  loss: LossAt,
  { random, iterations = 50, tolerance = 1e-3, stepSize = 1e-3 }: SharpnessOptions,
): Promise<Sharpness> {
  if (!(Number.isInteger(iterations) && iterations >= 1 && tolerance > 0 && stepSize > 0)) {
    throw new RangeError(
      `sharpness needs at least one iteration, a tolerance and a step above 0, not ${iterations}, ${tolerance} and ${stepSize}`,
    );
  }
  const theta = await ParameterVector.read(parameters);
  const step = stepSize * (length(theta.values) || 1);
  const product = async (direction: Float64Array) => {
    const ahead = await theta.valueAndGradientsAt(loss, direction, step);
    const behind = await theta.valueAndGradientsAt(loss, direction, -step);
    return ahead.gradients.map(
      (slope, i) => (slope - (behind.gradients[i] as number)) / (2 * step),
    );
  };
  const start = unit(theta.values.map(() => random.normal()));
  const limits = { iterations, tolerance };
  const dominant = await powerIteration(product, start, limits);
  if (dominant.value >= 0) return dominant;
  const shifted = await powerIteration(
    async (v) => (await product(v)).map((x, i) => x - dominant.value * (v[i] as number)),
    start,
    limits,
  );
  return {
    value: shifted.value + dominant.value,
    products: dominant.products + shifted.products,
    converged: shifted.converged,
  };
}

async function powerIteration(
  product: (direction: Float64Array) => Promise<Float64Array>,
  start: Float64Array,
  { iterations, tolerance }: { iterations: number; tolerance: number },
): Promise<Sharpness> {
  let direction = start;
  let value = Number.NaN;
  for (let products = 1; products <= iterations; products++) {
    const image = await product(direction);
    const next = innerProduct(direction, image);
    const change = Math.abs(next - value);
    value = next;
    if (length(image) === 0) return { value: 0, products, converged: true };
    if (change <= tolerance * Math.abs(value)) return { value, products, converged: true };
    direction = unit(image);
  }
  return { value, products: iterations, converged: false };
}

function unit(vector: Float64Array): Float64Array {
  const size = length(vector);
  return vector.map((x) => x / size);
}

function length(vector: Float64Array): number {
  return Math.sqrt(innerProduct(vector, vector));
}
