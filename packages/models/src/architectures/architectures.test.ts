import { describe, expect, it } from "vitest";
import { parameterCount } from "../parameters/of-network";
import type { TransformerConfig } from "../transformer/config";
import { type ArchitectureName, architectures } from "./architectures";
import { orderParameters } from "./mlp";
import { mlx } from "./mlx";

const counts: Record<ArchitectureName, number> = {
  mlx: 418_944,
  "mlx-ungated": 419_200,
  "mlx-swiglu": 550_272,
  power: 422_528,
  openai: 455_424,
  danielmamay: 420_096,
  grokfast: 422_784,
  nanda: 226_816,
  "addition-777": 777,
  "tiny-modular": 1_162,
  mlp: 168_929,
  "order-parameters": 149_601,
  prieto: 107_800,
  quadratic: 145_500,
};

describe("architectures", () => {
  it.each(Object.entries(counts))("%s has %i parameters", (name, count) => {
    expect(parameterCount(architectures[name as ArchitectureName]())).toBe(count);
  });

  it("lists every one with a published count", () => {
    expect(Object.keys(architectures).sort()).toEqual(Object.keys(counts).sort());
  });

  it("sizes the feed-forward by each architecture's rule when the width changes", () => {
    expect(mlx(97, { dModel: 96 }).feedForward.hidden).toBe(256);
    expect(mlx(97, { multiplier: 3 }).feedForward.hidden).toBe(256);
    expect(architectures.power(97, { dModel: 64 }).feedForward.hidden).toBe(256);
    expect(architectures["tiny-modular"](97, { dModel: 6 }).feedForward.hidden).toBe(12);
  });

  it("takes changes over what the architecture says, and undefined for no change", () => {
    const feedForward = { hidden: 20, activation: "silu", gated: true } as const;
    const config = mlx(97, { dModel: undefined, multiplier: undefined, heads: 4, feedForward });
    expect(config).toMatchObject({ dModel: 128, heads: 4, feedForward });
    expect(orderParameters(97, { alpha: 0.5 })).toMatchObject({ alpha: 0.5, width: 512 });
  });

  it("scales with the task", () => {
    expect((architectures.openai(113) as TransformerConfig).classes).toBe(255);
    expect(architectures["order-parameters"](113)).toMatchObject({ vocabulary: 226, classes: 113 });
  });
});
