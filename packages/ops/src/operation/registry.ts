import * as tf from "@tensorflow/tfjs-core";
import type { Attributes, OperationDefinition } from "./definition";

/** Kernels that are a reference form: a fast kernel may take their place. */
const references = new Set<string>();

/**
 * Whether operation `name` runs as its reference form on a tfjs backend; true also where it has not
 * run yet and no fast kernel is registered.
 */
export function isReference(name: string, backend: string = tf.getBackend()): boolean {
  return references.has(`${backend}/${name}`) || tf.getKernel(name, backend) === undefined;
}

/**
 * Registers a backend's own kernel for an operation (or for a stock tfjs one), instead of whatever
 * runs under that name there.
 */
export function registerFastKernel(config: tf.KernelConfig): void {
  if (tf.getKernel(config.kernelName, config.backendName) !== undefined) {
    tf.unregisterKernel(config.kernelName, config.backendName);
  }
  references.delete(`${config.backendName}/${config.kernelName}`);
  tf.registerKernel(config);
}

/** Registers an operation's reference form on the current backend, if no kernel has its name there. */
export function registerReference<I extends object, A extends Attributes>({
  name,
  reference,
}: OperationDefinition<I, A>): void {
  const backendName = tf.getBackend();
  if (tf.getKernel(name, backendName) !== undefined) return;
  references.add(`${backendName}/${name}`);
  tf.registerKernel({
    kernelName: name,
    backendName,
    // The engine hands on the very tensors that it was called with, whatever its types say.
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => reference(inputs as unknown as I, attrs as unknown as A)),
  });
}
