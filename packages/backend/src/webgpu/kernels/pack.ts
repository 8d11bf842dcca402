import * as tf from "@tensorflow/tfjs-core";
import { Value } from "../value";
import type { KernelMaker } from "./kernel";

/**
 * Puts scalars side by side, as the losses of many steps are before they are read. tfjs's own kernel
 * takes a few at a time, by a program each.
 */
export const packKernel: KernelMaker = (host) => {
  const stock = tf.getKernel(tf.Pack, "webgpu");
  return {
    kernelName: tf.Pack,
    backendName: "webgpu",
    kernelFunc: (call) => {
      const scalars = Object.values(call.inputs) as tf.TensorInfo[];
      const [first] = scalars as [tf.TensorInfo];
      if (scalars.some(({ shape, dtype }) => shape.length > 0 || dtype !== "float32")) {
        return stock.kernelFunc(call);
      }
      const made = host.memory.output([scalars.length], first.dtype as "float32");
      const [from, to] = [scalars.map((info) => host.memory.input(info)), host.memory.input(made)];
      host.record({
        reads: () => from,
        writes: () => [to],
        calls: () => [],
        finish: () => {
          const { buffer } = to.allocation as NonNullable<typeof to.allocation>;
          for (const [i, value] of from.entries()) {
            host.encoder.copy(value, Value.at({ buffer, offset: 4 * i, size: 4 }));
          }
        },
      });
      return made;
    },
  };
};
