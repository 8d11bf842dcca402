import type { ModelConfig } from "./config";
import type { MlpConfig } from "./mlp/config";
import { networkOf } from "./network/network-of";
import type { MlpPoint, Point, TransformerPoint } from "./point/point";
import type { TransformerConfig } from "./transformer/config";

/**
 * The named places of a network's forward pass, in the order in which it comes to them. `at` of
 * {@link forward} reads and replaces what they hold.
 *
 * @example
 * points(nanda(113)).map(({ name }) => name); // ["tokenEmbedding", "positionEmbedding", "layers.0.residual.pre", …]
 */
export function points(config: TransformerConfig): Point<TransformerPoint>[];
export function points(config: MlpConfig): Point<MlpPoint>[];
export function points(config: ModelConfig): Point[];
export function points(config: ModelConfig): Point[] {
  return [...networkOf(config).points];
}
