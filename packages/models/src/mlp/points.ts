import type { MlpPoint, Point, PointAxis } from "../point/point";
import type { MlpConfig } from "./config";

/**
 * The points of an MLP, in the order in which a forward pass comes to them: `layers.N` is what the
 * linear map of a hidden layer gives, `layers.N.hidden` what is left of it after scale and activation.
 */
export function mlpPoints({ input, slots, width, depth, classes }: MlpConfig): Point<MlpPoint>[] {
  const points: Point<MlpPoint>[] = [];
  const add = (name: MlpPoint, axes: readonly PointAxis[], sizes: readonly number[]) =>
    points.push({ name, axes: ["example", ...axes], shape: [null, ...sizes] });
  if (input.kind === "embedding") {
    add("embedding", ["position", "feature"], [slots, input.width]);
  }
  for (let layer = 0; layer < depth - 1; layer++) {
    add(`layers.${layer}`, ["neuron"], [width]);
    add(`layers.${layer}.hidden`, ["neuron"], [width]);
  }
  add("logits", ["answer", "class"], [1, classes]);
  return points;
}
