import * as tf from "@tensorflow/tfjs-core";

/**
 * Registers the gradients of TensorFlow.js's stock operations, so that networks, losses and loops may
 * be written in them. The union package `@tensorflow/tfjs` does so when it is imported;
 * `@tensorflow/tfjs-core` alone does not. They are loaded by the first call only. Gradients that the
 * program registered itself stay.
 *
 * `train` of @grok/train calls this for parts that are not built in; loops of one's own call it.
 *
 * @example
 * await registerStockGradients();
 * const { gradients } = valueAndGradients({ w }, () => ({ loss: tf.mean(tf.tanh(tf.matMul(x, w))) }));
 */
export async function registerStockGradients(): Promise<void> {
  const { gradConfigs } = await import("./generated/tfjs-gradients");
  for (const gradient of gradConfigs as readonly tf.GradConfig[]) {
    if (!isRegistered(gradient.kernelName)) tf.registerGradient(gradient);
  }
}

/** `getGradient` says that it gives a gradient, and gives undefined if there is none. */
function isRegistered(name: string): boolean {
  return (tf.getGradient(name) as unknown) !== undefined;
}
