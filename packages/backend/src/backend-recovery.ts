import { type BackendChoice, type BackendOptions, useBackend } from "./use-backend";
import { DeviceError } from "./webgpu/error";

/**
 * What a run on a graphics device asks when something was thrown: each time the device is gone,
 * another backend is started. The first time that is a new device; if there is none, or that is
 * lost, too, it is wasm.
 *
 * @param options of `useBackend`, for both
 * @returns a function of what was thrown that says which backend runs now; null if it was no
 * `DeviceError`, with nothing changed
 *
 * @example
 * const next = backendRecovery();
 * train(experiment, { recover: async (error) => ((await next(error)) === null ? null : {}) });
 */
export function backendRecovery(
  options: BackendOptions = {},
): (error: unknown) => Promise<BackendChoice | null> {
  let isFirst = true;
  return async (error) => {
    if (!(error instanceof DeviceError)) return null;
    if (isFirst) {
      isFirst = false;
      try {
        return await useBackend("webgpu", options);
      } catch {
        // There is none any more.
      }
    }
    return useBackend("wasm", options);
  };
}
