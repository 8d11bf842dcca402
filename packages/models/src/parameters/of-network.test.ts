import { describe, expect, it } from "vitest";
import { addition777 } from "../architectures/addition";
import { mlp } from "../architectures/mlp";
import { mlx } from "../architectures/mlx";
import { power } from "../architectures/power";
import { parameterShapes } from "./of-network";

describe("parameterShapes", () => {
  it("names a gated pre-norm transformer's parameters, weights as [in, out]", () => {
    expect(parameterShapes(mlx(97, { layers: 1 }))).toEqual({
      tokenEmbedding: [99, 128],
      "layers.0.attentionNorm.gain": [128],
      "layers.0.attention.query.weight": [128, 128],
      "layers.0.attention.key.weight": [128, 128],
      "layers.0.attention.value.weight": [128, 128],
      "layers.0.attention.output.weight": [128, 128],
      "layers.0.feedForwardNorm.gain": [128],
      "layers.0.feedForward.in.weight": [128, 341],
      "layers.0.feedForward.gate.weight": [128, 341],
      "layers.0.feedForward.out.weight": [341, 128],
      "finalNorm.gain": [128],
      "unembedding.weight": [128, 99],
    });
  });

  it("adds biases and learned positions where the network has them", () => {
    expect(parameterShapes(power(97))).toMatchObject({
      positionEmbedding: [5, 128],
      "layers.1.attentionNorm.bias": [128],
      "layers.1.attention.output.bias": [128],
      "layers.1.feedForward.in.bias": [512],
      "layers.1.feedForward.out.bias": [128],
    });
  });

  it("has no unembedding where the head is tied", () => {
    const names = Object.keys(parameterShapes(addition777()));
    expect(names.filter((name) => name.startsWith("unembedding"))).toEqual([]);
  });

  it("numbers an MLP's layers", () => {
    expect(parameterShapes(mlp(97))).toEqual({
      embedding: [97, 128],
      "layers.0.weight": [256, 256],
      "layers.0.bias": [256],
      "layers.1.weight": [256, 256],
      "layers.1.bias": [256],
      "layers.2.weight": [256, 97],
      "layers.2.bias": [97],
    });
  });
});
