import * as tf from "@tensorflow/tfjs-core";

/** What there is to give back when the device is: in a file of its own, as this much is always loaded. */
interface Held {
  device: GPUDevice;
  dispose(): void;
}

/** The one device of this thread: tfjs has one backend called `webgpu`. */
let held: Held | undefined;

/** Notes the device that is in use. */
export function holdDevice(device: Held): void {
  held = device;
}

/** Gives the device back; tensors on it are lost. */
export async function stopDevice(): Promise<void> {
  if (held === undefined) return;
  const { device } = held;
  held.dispose();
  held = undefined;
  if ("webgpu" in tf.engine().registryFactory) tf.removeBackend("webgpu");
  device.destroy();
  await device.lost;
}
