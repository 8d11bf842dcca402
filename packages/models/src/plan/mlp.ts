import type { TokenBatch } from "../batch";
import type { MlpConfig } from "../mlp/config";
import type { Plan } from "../network/network";
import type { Shortcuts } from "./shortcuts";

/** How an MLP's first layer is computed for a batch. */
export interface MlpPlan extends Plan {
  kind: "mlp";
  /** Examples. */
  outputs: number;
  /**
   * `tables`: sums of rows of a table; `product`: a product of the batch's inputs with the first
   * weight.
   */
  firstLayer: "tables" | "product";
  /** Per example and slot: the row of the table, or for a product the token. */
  ids: Int32Array;
  /** The inputs themselves if they are real numbers, [examples · features]. */
  features?: Float32Array;
}

/**
 * Plans an MLP's forward pass.
 *
 * With one-hot inputs the weight itself is the table. With embeddings a table has a row per slot and
 * token, slot · vocabulary + token, so it pays where a batch has at least as many examples as the
 * vocabulary has tokens.
 */
export function planMlp(
  { input, vocabulary, slots }: MlpConfig,
  { tokens, features, size }: TokenBatch,
  shortcuts: Shortcuts,
): MlpPlan {
  if (input.kind === "features") {
    return { kind: "mlp", outputs: size, firstLayer: "product", ids: tokens, features };
  }
  const embedded = input.kind === "embedding";
  const tables = shortcuts.tokenTables && (!embedded || size >= vocabulary);
  const ids = tokens.slice();
  if (tables && embedded) {
    for (let i = 0; i < ids.length; i++) {
      ids[i] = (ids[i] as number) + (i % slots) * vocabulary;
    }
  }
  return { kind: "mlp", outputs: size, firstLayer: tables ? "tables" : "product", ids };
}
