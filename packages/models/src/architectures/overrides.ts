import type { MlpConfig } from "../mlp/config";
import type { TransformerConfig } from "../transformer/config";

/** Changes to a named transformer: any of its settings, and the feed-forward's size by a factor. */
export interface TransformerOverrides extends Partial<Omit<TransformerConfig, "kind">> {
  /**
   * Hidden features over width, `--mlp-mult`; an architecture with LLaMA's rule takes two thirds of
   * it. `feedForward` wins over it.
   */
  multiplier?: number;
}

/** Changes to a named MLP: any of its settings. */
export type MlpOverrides = Partial<Omit<MlpConfig, "kind">>;

/** Settings of `base` with those of `changes` that are given (not undefined). */
export function override<C extends object>(base: C, changes: Partial<C>): C {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...base, ...(Object.fromEntries(given) as Partial<C>) };
}

/** A named transformer's settings, with its feed-forward's size as a rule. */
export type TransformerBase = Omit<TransformerConfig, "kind" | "feedForward"> & {
  feedForward: Omit<TransformerConfig["feedForward"], "hidden">;
  /** Default 4. */
  multiplier?: number;
  /** Hidden features for a width and a multiplier; default their product. */
  hidden?: (dModel: number, multiplier: number) => number;
};

/** A named transformer with changes. */
export function transformer(
  { multiplier = 4, hidden = (dModel, m) => Math.round(dModel * m), ...base }: TransformerBase,
  { multiplier: factor = multiplier, ...changes }: TransformerOverrides,
): TransformerConfig {
  const dModel = changes.dModel ?? base.dModel;
  const feedForward = { ...base.feedForward, hidden: hidden(dModel, factor) };
  return override<TransformerConfig>({ ...base, kind: "transformer", feedForward }, changes);
}
