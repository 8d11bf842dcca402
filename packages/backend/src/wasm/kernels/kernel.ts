import type { KernelAttributes, KernelInputs, KernelName } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { WasmHost } from "../host";

/** Makes the kernel of an operation, ours or one of tfjs's, that runs on a host. */
export type KernelMaker = (host: WasmHost) => tf.KernelConfig;

/** The maker of a kernel for one of @grok/ops' operations, from what it computes. */
export function kernel<N extends KernelName>(
  kernelName: N,
  compute: (
    host: WasmHost,
    inputs: KernelInputs<N>,
    attributes: KernelAttributes<N>,
  ) => tf.TensorInfo[],
): KernelMaker {
  return (host) => ({
    kernelName,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) =>
      compute(host, inputs as unknown as KernelInputs<N>, attrs as unknown as KernelAttributes<N>),
  });
}

/** How many elements a tensor has. */
export function sizeOf({ shape }: tf.TensorInfo): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A tensor's rows and columns. */
export function matrixShape({ shape }: tf.TensorInfo): [rows: number, columns: number] {
  return [shape[0] as number, shape[1] as number];
}
