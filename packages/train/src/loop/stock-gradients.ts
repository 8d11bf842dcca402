import { registerStockGradients } from "@grok/ops";
import type { Assembly } from "../experiment/assembly";

/** What decides whether gradients go through stock operations. */
type Parts = Pick<Assembly, "experiment" | "modelKind" | "lossKind">;

/** Whether an experiment's network or loss is made of tfjs's stock operations, as extensions may be. */
export function usesStockOperations({ experiment, modelKind, lossKind }: Parts): boolean {
  const isStock = [modelKind, lossKind].some((kind) => kind.usesStockOperations === true);
  return isStock || experiment.extensions !== undefined;
}

/** Registers the gradients of stock operations, which are loaded for this, if an experiment needs them. */
export async function registerGradientsFor(parts: Parts): Promise<void> {
  if (usesStockOperations(parts)) await registerStockGradients();
}
