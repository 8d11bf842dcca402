import type { LayerPoint, Point, PointAxis, TransformerPoint } from "../point/point";
import type { TransformerConfig } from "./config";

/**
 * The points of a transformer, in the order in which a forward pass comes to them. A point that is
 * called as a linear map (`attention.query`, `feedForward.in`) holds what that gives.
 */
export function transformerPoints(config: TransformerConfig): Point<TransformerPoint>[] {
  const points: Point<TransformerPoint>[] = [];
  const rows = (name: TransformerPoint, size = config.dModel, last: PointAxis = "feature") =>
    points.push({ name, axes: ["example", "position", last], shape: [null, null, size] });

  rows("tokenEmbedding");
  if (config.positions.kind !== "rotary") rows("positionEmbedding");
  for (let layer = 0; layer < config.layers; layer++) layerPoints(config, layer, points);
  if (config.finalNorm) {
    rows("finalNorm.input");
    rows("finalNorm.output");
  }
  points.push({
    name: "logits",
    axes: ["example", "answer", "class"],
    shape: [null, null, config.classes],
  });
  return points;
}

function layerPoints(
  { dModel, heads, headWidth = dModel / heads, norm, feedForward }: TransformerConfig,
  layer: number,
  points: Point<TransformerPoint>[],
): void {
  const add = (name: LayerPoint, axes: readonly PointAxis[], sizes: readonly (number | null)[]) =>
    points.push({
      name: `layers.${layer}.${name}`,
      axes: ["example", ...axes],
      shape: [null, ...sizes],
    });
  const rows = (name: LayerPoint, size = dModel, last: PointAxis = "feature") =>
    add(name, ["position", last], [null, size]);
  const normPoints = (name: "attentionNorm" | "feedForwardNorm") => {
    if (norm.kind === "none") return;
    rows(`${name}.input`);
    rows(`${name}.output`);
  };

  const before = norm.position !== "post";
  rows("residual.pre");
  rows("attention.input");
  if (before) normPoints("attentionNorm");
  for (const part of ["query", "key", "value"] as const) {
    add(`attention.${part}`, ["position", "head", "feature"], [null, heads, headWidth]);
  }
  for (const part of ["scores", "pattern"] as const) {
    add(`attention.${part}`, ["head", "query", "key"], [heads, null, null]);
  }
  add("attention.z", ["position", "head", "feature"], [null, heads, headWidth]);
  rows("attention.output");
  if (!before) normPoints("attentionNorm");
  rows("residual.mid");
  rows("feedForward.input");
  if (before) normPoints("feedForwardNorm");
  if (feedForward.gated) rows("feedForward.gate", feedForward.hidden, "neuron");
  rows("feedForward.in", feedForward.hidden, "neuron");
  rows("feedForward.hidden", feedForward.hidden, "neuron");
  rows("feedForward.out");
  if (!before) normPoints("feedForwardNorm");
  rows("residual.post");
}
