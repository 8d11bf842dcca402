import { valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";

/** Parameters by name. */
export type ParameterTensors = Readonly<Record<string, tf.Tensor>>;

/** A loss as a function of the parameters, computed by operations that have gradients. */
export type LossAt = (parameters: Record<string, tf.Tensor>) => tf.Scalar;

/** All parameters of a network as one vector, to take steps in. */
export class ParameterVector {
  /** [all parameters], in the order of their names' entries. */
  readonly values: Float64Array;
  readonly #shapes: readonly (readonly [name: string, shape: number[]])[];

  private constructor(values: Float64Array, shapes: readonly (readonly [string, number[]])[]) {
    this.values = values;
    this.#shapes = shapes;
  }

  /**
   * Reads parameters from the device.
   *
   * @throws RangeError if there is none, or one is not finite
   */
  static async read(parameters: ParameterTensors): Promise<ParameterVector> {
    const shapes = Object.entries(parameters).map(([name, { shape }]) => [name, shape] as const);
    return new ParameterVector(await joined(parameters, shapes, "the parameters"), shapes);
  }

  /** The loss at `values + direction`. */
  async lossAt(loss: LossAt, direction: Float64Array): Promise<number> {
    const result = tf.tidy(() => loss(this.#moved(direction, 1)));
    const [value] = await result.data();
    result.dispose();
    return value as number;
  }

  /** The loss and its gradients, as one vector, at `values + factor · direction`. */
  async valueAndGradientsAt(
    loss: LossAt,
    direction: Float64Array,
    factor: number,
  ): Promise<{ value: number; gradients: Float64Array }> {
    const { total, slopes } = tf.tidy(() => {
      const moved = this.#moved(direction, factor);
      const { value, gradients } = valueAndGradients(moved, () => ({ loss: loss(moved) }), {
        allowUnused: true,
      });
      return { total: value.loss, slopes: gradients };
    });
    try {
      const [value] = await total.data();
      const gradients = await joined(slopes, this.#shapes, "the gradients");
      return { value: value as number, gradients };
    } finally {
      tf.dispose([total, slopes] as unknown as tf.TensorContainer);
    }
  }

  #moved(direction: Float64Array, factor: number): Record<string, tf.Tensor> {
    const point = new Float32Array(this.values.length);
    for (let i = 0; i < point.length; i++) {
      point[i] = (this.values[i] as number) + factor * (direction[i] as number);
    }
    let from = 0;
    return Object.fromEntries(
      this.#shapes.map(([name, shape]) => {
        const size = shape.reduce((product, side) => product * side, 1);
        const part = point.slice(from, from + size);
        from += size;
        return [name, tf.tensor(part, shape, "float32")];
      }),
    );
  }
}

async function joined(
  tensors: ParameterTensors,
  shapes: readonly (readonly [name: string, shape: number[]])[],
  what: string,
): Promise<Float64Array> {
  const parts = await Promise.all(
    shapes.map(async ([name]) => {
      const tensor = tensors[name];
      if (tensor === undefined) throw new RangeError(`${what} lack ${name}`);
      return tensor.data();
    }),
  );
  const values = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  if (values.length === 0) throw new RangeError(`${what} are none`);
  let from = 0;
  for (const part of parts) {
    values.set(part, from);
    from += part.length;
  }
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new RangeError(`${what} hold ${wrong}: all must be finite`);
  return values;
}
