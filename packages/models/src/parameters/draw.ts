import { type RandomStream, randomStream } from "@grok/data";
import * as tf from "@tensorflow/tfjs-core";
import type { Distribution } from "./distribution";
import type { ParameterSpecification } from "./specification";

/** A network's parameters: tensors by name. */
export type Parameters = Record<string, tf.Tensor>;

/** A parameter's initial values. */
export interface InitialValues {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** How {@link drawValues} draws. */
export interface Drawing {
  distribution: (specification: ParameterSpecification) => Distribution;
  /** Whether all layers begin as copies of the first; default false. */
  layersAlike?: boolean;
  /** All values are multiplied by it; default 1. */
  scale?: number;
}

/** Initial values of listed parameters, each from a random stream of its own, keyed by its name. */
export function drawValues(
  specifications: readonly ParameterSpecification[],
  seed: number,
  { distribution, layersAlike = false, scale = 1 }: Drawing,
): InitialValues[] {
  return specifications.map((specification) => {
    const { name, shape } = specification;
    const size = shape.reduce((product, side) => product * side, 1);
    const source = layersAlike ? name.replace(/^layers\.\d+\./, "layers.0.") : name;
    const values = draw(distribution(specification), size, randomStream(seed, `init/${source}`));
    return { name, shape, values: scale === 1 ? values : values.map((value) => value * scale) };
  });
}

/** Values as tensors by name, which outlive any tidy scope. */
export function keptTensors(values: readonly InitialValues[]): Parameters {
  return Object.fromEntries(
    values.map(({ name, shape, values }) => [name, tf.keep(tf.tensor(values, shape, "float32"))]),
  );
}

function draw(distribution: Distribution, size: number, stream: RandomStream): Float32Array {
  switch (distribution.kind) {
    case "constant":
      return new Float32Array(size).fill(distribution.value);
    case "uniform":
      return Float32Array.from(stream.uniformArray(size), (u) => (2 * u - 1) * distribution.bound);
    case "normal":
      return Float32Array.from(stream.normalArray(size), (z) => z * distribution.std);
    case "truncated-normal":
      return truncated(size, stream).map((z) => z * distribution.std);
  }
}

/** Standard normals of which those beyond ±2 are drawn again. */
function truncated(size: number, stream: RandomStream): Float32Array {
  const values = new Float32Array(size);
  let filled = 0;
  while (filled < size) {
    for (const z of stream.normalArray(size - filled)) {
      if (Math.abs(z) <= 2) values[filled++] = z;
    }
  }
  return values;
}
