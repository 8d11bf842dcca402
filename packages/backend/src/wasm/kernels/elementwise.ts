import type * as tf from "@tensorflow/tfjs-core";
import type { WasmHost } from "../host";
import { Op } from "../op";
import { kernel, sizeOf } from "./kernel";

/** A new tensor, x times a number. */
export function scaled(host: WasmHost, x: tf.TensorInfo, factor: number): tf.TensorInfo {
  const y = host.output(x.shape, "float32");
  const count = sizeOf(x);
  host.run(Op.Scale, [host.pointer(x), host.pointer(y), count], [factor], count);
  return y;
}

export const elementwiseKernels = [
  kernel("GrokAdd", (host, { x, y }) => {
    const z = host.output(x.shape, "float32");
    const count = sizeOf(x);
    host.run(Op.Add, [host.pointer(x), host.pointer(y), host.pointer(z), count], [], count);
    return [z];
  }),
  kernel("GrokScale", (host, { x }, { factor }) => [scaled(host, x, factor)]),
  kernel("GrokDropout", (host, { x }, { rate, key }) => {
    const y = host.output(x.shape, "float32");
    const count = sizeOf(x);
    const limit = Math.round(rate * 2 ** 32);
    host.run(
      Op.Dropout,
      [host.pointer(x), host.pointer(y), count, key | 0, limit | 0],
      [1 / (1 - rate)],
      count * 8,
    );
    return [y];
  }),
];
