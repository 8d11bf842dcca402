import { type BackendChoice, DeviceError } from "@grok/backend";
import type { TrainOptions } from "@grok/train";
import { environmentOn } from "./environment";
import { startBackend } from "./start-backend";

/**
 * What a run on a graphics device does when it is lost: it goes on with a new one, and, where there is
 * none or that is lost, too, with wasm. Undefined for backends that cannot be lost.
 */
export function recovery(
  { name }: BackendChoice,
  threads: number | null,
): Pick<TrainOptions, "recover"> {
  if (name !== "webgpu") return {};
  let isFirst = true;
  return {
    recover: async (error) => {
      if (!(error instanceof DeviceError)) return null;
      const choice = await next(isFirst, threads);
      isFirst = false;
      return { environment: await environmentOn(choice), threads: choice.threads };
    },
  };
}

async function next(isFirst: boolean, threads: number | null): Promise<BackendChoice> {
  if (isFirst) {
    try {
      return await startBackend("webgpu");
    } catch {
      // There is none any more.
    }
  }
  return startBackend("wasm", threads);
}
