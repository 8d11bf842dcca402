import { describe, expect, it } from "vitest";
import { addition777, tinyModular } from "./architectures/addition";
import { mlp } from "./architectures/mlp";
import { mlx } from "./architectures/mlx";
import { checkConfig } from "./check-config";
import type { ModelConfig } from "./config";

const wrong: [what: string, config: ModelConfig, message: RegExp][] = [
  ["dModel 0", mlx(97, { dModel: 0 }), /dModel is 0: it must be a whole number of at least 1/],
  ["5 heads at dModel 128", mlx(97, { heads: 5 }), /dModel 128 is not a multiple of the 5 heads/],
  [
    "rotary heads of width 1",
    mlx(97, { dModel: 2, heads: 2 }),
    /dModel\/heads is 1, it must be even/,
  ],
  [
    "a gated ReLU",
    mlx(97, { feedForward: { hidden: 8, activation: "relu", gated: true } }),
    /its activation is silu, not relu/,
  ],
  ["a tied head of other size", tinyModular(97, { classes: 97 }), /97 and 99/],
  ["dropout 1", mlx(97, { dropout: 1 }), /dropout is 1: it must be in \[0, 1\)/],
  ["dropout NaN", mlx(97, { dropout: Number.NaN }), /dropout is NaN/],
  ["layers 1.5", addition777({ layers: 1.5 }), /layers is 1.5/],
  [
    "a norm that is none of them",
    mlx(97, { norm: { kind: "batch" as "rms", position: "pre", eps: 1, bias: false } }),
    /norm.kind is "batch": allowed are rms, layer, none/,
  ],
  [
    "an RMS norm with a bias",
    mlx(97, { norm: { kind: "rms", position: "pre", eps: 1e-5, bias: true } }),
    /only norm.kind layer has a bias/,
  ],
  [
    "eps 0",
    mlx(97, { norm: { kind: "rms", position: "pre", eps: 0, bias: false } }),
    /norm.eps is 0/,
  ],
  [
    "a final norm of kind none",
    mlx(97, { norm: { kind: "none", position: "pre", eps: 1e-5, bias: false } }),
    /finalNorm is set, but norm.kind is none/,
  ],
  ["a rotary base of 0", mlx(97, { positions: { kind: "rotary", base: 0 } }), /base is 0/],
  ["an MLP of depth 0", mlp(97, { depth: 0 }), /depth is 0/],
  ["alpha NaN", mlp(97, { alpha: Number.NaN }), /alpha is NaN/],
  [
    "another kind",
    { kind: "rnn" } as unknown as ModelConfig,
    /"rnn": allowed are transformer and mlp/,
  ],
];

describe("checkConfig", () => {
  it.each(wrong)("refuses %s", (_what, config, message) => {
    expect(() => checkConfig(config)).toThrow(RangeError);
    expect(() => checkConfig(config)).toThrow(message);
  });
});
