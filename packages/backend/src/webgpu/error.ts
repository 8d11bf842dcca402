/**
 * The graphics device is gone, ran out of memory or refused a program: what it has computed since the
 * last reading is not to be trusted, and it computes no more. `startWebgpu` starts a new one.
 */
export class DeviceError extends Error {
  override name = "DeviceError";
}
