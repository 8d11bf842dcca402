import type * as tf from "@tensorflow/tfjs-core";
import type { WebgpuHost } from "../host";

/** Makes the kernel of an operation that runs on a host. */
export type KernelMaker = (host: WebgpuHost) => tf.KernelConfig;

/**
 * The maker of a kernel for one of @grok/ops' operations, from what it computes.
 *
 * @param inputs names the operation's inputs, and `attributes` its settings, as @grok/ops has them.
 */
export function kernel<I extends object, A extends object>(
  kernelName: string,
  compute: (host: WebgpuHost, inputs: I, attributes: A) => tf.TensorInfo[],
): KernelMaker {
  return (host) => ({
    kernelName,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs }) => compute(host, inputs as unknown as I, attrs as unknown as A),
  });
}
