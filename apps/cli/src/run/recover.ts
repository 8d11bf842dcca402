import { type BackendChoice, backendRecovery } from "@grok/backend";
import type { TrainOptions } from "@grok/train";
import { environment } from "./environment";

/**
 * What a run on a graphics device does when it is lost: it continues with a new one, and, where there is
 * none or that is lost, too, with wasm. Undefined for backends that cannot be lost.
 */
export function recovery(
  { name }: BackendChoice,
  threads: number | null,
): Pick<TrainOptions, "recover"> {
  if (name !== "webgpu") return {};
  const next = backendRecovery({ threads: threads ?? undefined });
  return {
    recover: async (error) => {
      const choice = await next(error);
      if (choice === null) return null;
      return { environment, threads: choice.threads };
    },
  };
}
