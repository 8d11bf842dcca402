import * as tf from "@tensorflow/tfjs-core";

/**
 * Refuses to train if TensorFlow.js has no backend, before it says so in words that name no remedy.
 *
 * @throws Error
 */
export function requireBackend(): void {
  if (Object.keys(tf.engine().registryFactory).length > 0) return;
  throw new Error(
    'TensorFlow.js has no backend yet: await useBackend("auto") of @grok/backend before training, or import a backend of TensorFlow.js.',
  );
}
