import { type RandomStream, randomStream } from "@grok/data";
import * as tf from "@tensorflow/tfjs-core";
import type { ModelConfig } from "../config";
import { type Distribution, distributionOf } from "./distribution";
import { parameterSpecifications } from "./specification";

/** A network's parameters: tensors by name. */
export type Parameters = Record<string, tf.Tensor>;

/**
 * A network's initial parameters, drawn as its scheme has it (see {@link distributionOf}).
 *
 * Each tensor comes from a random stream of its own, keyed by the seed and the parameter's name, so
 * that it does not depend on which other parameters there are. Then all are multiplied by
 * `initialScale`, gains included, as Omnigrok's code does.
 *
 * @returns tensors that outlive any tidy scope: the caller disposes of them
 * @throws RangeError where the config does not fit together
 */
export function initialise(config: ModelConfig, seed: number): Parameters {
  return Object.fromEntries(
    initialValues(config, seed).map(({ name, shape, values }) => [
      name,
      tf.keep(tf.tensor(values, shape, "float32")),
    ]),
  );
}

/** The values behind {@link initialise}, without tensors. */
export function initialValues(
  config: ModelConfig,
  seed: number,
): { name: string; shape: number[]; values: Float32Array }[] {
  const { initialisation, initialScale = 1 } = config;
  return parameterSpecifications(config).map((specification) => {
    const { name, shape } = specification;
    const size = shape.reduce((product, side) => product * side, 1);
    const source =
      initialisation === "pytorch-encoder" ? name.replace(/^layers\.\d+\./, "layers.0.") : name;
    const stream = randomStream(seed, `init/${source}`);
    const values = draw(distributionOf(config, specification), size, stream);
    return {
      name,
      shape,
      values: initialScale === 1 ? values : values.map((value) => value * initialScale),
    };
  });
}

function draw(distribution: Distribution, size: number, stream: RandomStream): Float32Array {
  switch (distribution.kind) {
    case "constant":
      return new Float32Array(size).fill(distribution.value);
    case "uniform":
      return Float32Array.from(stream.uniformArray(size), (u) => (2 * u - 1) * distribution.bound);
    case "normal":
      return Float32Array.from(stream.normalArray(size), (z) => z * distribution.deviation);
    case "truncated-normal":
      return truncated(size, stream).map((z) => z * distribution.deviation);
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
