import type { KernelAttributes, KernelInputs, KernelName } from "@grok/ops";
import type * as tf from "@tensorflow/tfjs-core";
import type { WebgpuHost } from "../host";

/** Makes the kernel of an operation that runs on a host. */
export type KernelMaker = (host: WebgpuHost) => tf.KernelConfig;

/** The maker of a kernel for one of @grok/ops' operations, from what it computes. */
export function kernel<N extends KernelName>(
  kernelName: N,
  compute: (
    host: WebgpuHost,
    inputs: KernelInputs<N>,
    attributes: KernelAttributes<N>,
  ) => tf.TensorInfo[],
): KernelMaker {
  return (host) => ({
    kernelName,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) =>
      compute(host, inputs as unknown as KernelInputs<N>, attrs as unknown as KernelAttributes<N>),
  });
}
