import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { type ArchitectureName, architectures } from "../architectures/architectures";
import { mlx } from "../architectures/mlx";
import type { ModelConfig } from "../config";
import { type Distribution, distributionOf, type Scheme, truncatedStd } from "./distribution";
import type { Parameters } from "./draw";
import { initialise, initialValues } from "./initialise";
import { parameterSpecifications } from "./of-network";

/** What decides how a named network's parameters are drawn. */
function schemeOf(config: ModelConfig): Scheme {
  const width = config.kind === "mlp" ? config.width : config.dModel;
  return { ...config, width } as Scheme;
}

/** Standard deviation and the largest size a value can have. */
function moments(distribution: Distribution): { std: number; limit: number; mean: number } {
  switch (distribution.kind) {
    case "constant":
      return { std: 0, limit: Math.abs(distribution.value), mean: distribution.value };
    case "uniform":
      return { std: distribution.bound / Math.sqrt(3), limit: distribution.bound, mean: 0 };
    case "normal":
      return { std: distribution.std, limit: Number.POSITIVE_INFINITY, mean: 0 };
    case "truncated-normal": {
      const { std } = distribution;
      return { std: std * truncatedStd, limit: 2 * std, mean: 0 };
    }
  }
}

const names = Object.keys(architectures) as ArchitectureName[];

describe("initialise", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(names)("%s: every parameter has its distribution's mean, deviation and limit", (name) => {
    const config = architectures[name]();
    const specifications = parameterSpecifications(config);
    for (const [i, { name: parameter, values }] of initialValues(config, 3).entries()) {
      const specification = specifications[i];
      if (specification === undefined) throw new Error(`no specification for ${parameter}`);
      const expected = moments(distributionOf(schemeOf(config), specification));
      const n = values.length;
      const mean = values.reduce((sum, x) => sum + x, 0) / n;
      const std = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n);
      const largest = values.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
      // Five standard errors: some 200 statistics are looked at, with a fixed seed.
      expect
        .soft(Math.abs(mean - expected.mean), `mean of ${parameter}`)
        .toBeLessThanOrEqual((5 * expected.std) / Math.sqrt(n) + 1e-12);
      expect
        .soft(Math.abs(std - expected.std), `deviation of ${parameter}`)
        .toBeLessThanOrEqual((5 * expected.std) / Math.sqrt(2 * n) + 1e-12);
      expect
        .soft(largest, `limit of ${parameter}`)
        .toBeLessThanOrEqual(expected.limit * (1 + 1e-6));
    }
  });

  // The originals' own numbers, written out.
  const expected: [name: ArchitectureName, parameter: string, distribution: Distribution][] = [
    ["mlx", "tokenEmbedding", { kind: "normal", std: 1 / Math.sqrt(128) }],
    ["mlx", "layers.0.feedForward.out.weight", { kind: "uniform", bound: 1 / Math.sqrt(341) }],
    ["power", "tokenEmbedding", { kind: "normal", std: 1 }],
    ["power", "positionEmbedding", { kind: "normal", std: 1 }],
    ["power", "layers.0.attention.key.weight", { kind: "uniform", bound: Math.sqrt(6 / 512) }],
    ["power", "layers.0.attention.key.bias", { kind: "constant", value: 0 }],
    ["power", "layers.0.attention.output.weight", { kind: "uniform", bound: 1 / Math.sqrt(128) }],
    ["power", "layers.0.attention.output.bias", { kind: "constant", value: 0 }],
    ["power", "layers.0.feedForward.out.bias", { kind: "uniform", bound: 1 / Math.sqrt(512) }],
    ["power", "layers.0.attentionNorm.gain", { kind: "constant", value: 1 }],
    ["power", "layers.0.attentionNorm.bias", { kind: "constant", value: 0 }],
    ["openai", "layers.0.attention.key.weight", { kind: "uniform", bound: 1 / Math.sqrt(128) }],
    [
      "danielmamay",
      "layers.1.attention.query.weight",
      { kind: "uniform", bound: Math.sqrt(6 / 512) },
    ],
    ["nanda", "layers.0.feedForward.out.weight", { kind: "normal", std: 1 / Math.sqrt(128) }],
    ["nanda", "positionEmbedding", { kind: "normal", std: 1 / Math.sqrt(128) }],
    ["nanda", "unembedding.weight", { kind: "normal", std: 1 / Math.sqrt(114) }],
    ["nanda", "layers.0.feedForward.in.bias", { kind: "constant", value: 0 }],
    ["addition-777", "tokenEmbedding", { kind: "normal", std: 1 / Math.sqrt(7) }],
    [
      "addition-777",
      "layers.0.feedForward.out.weight",
      { kind: "truncated-normal", std: Math.sqrt(1 / 14) / 0.87962566103423978 },
    ],
    ["grokfast", "tokenEmbedding", { kind: "normal", std: 1 }],
    ["grokfast", "layers.1.attention.value.weight", { kind: "uniform", bound: Math.sqrt(6 / 512) }],
    ["grokfast", "layers.1.feedForward.in.bias", { kind: "uniform", bound: 1 / Math.sqrt(128) }],
    ["tiny-modular", "tokenEmbedding", { kind: "normal", std: 0.02 }],
    ["tiny-modular", "positionEmbedding", { kind: "normal", std: 0.02 }],
    ["tiny-modular", "layers.0.attention.key.weight", { kind: "uniform", bound: 1 / Math.sqrt(7) }],
    [
      "tiny-modular",
      "layers.0.feedForward.out.weight",
      { kind: "uniform", bound: 1 / Math.sqrt(14) },
    ],
    ["prieto", "layers.0.weight", { kind: "uniform", bound: 1 / Math.sqrt(226) }],
    ["prieto", "layers.2.weight", { kind: "uniform", bound: 1 / Math.sqrt(200) }],
    ["quadratic", "layers.0.weight", { kind: "normal", std: 0.05 }],
    ["quadratic", "layers.1.weight", { kind: "normal", std: 0.05 }],
    ["mlp", "embedding", { kind: "normal", std: 1 }],
    ["mlp", "layers.2.bias", { kind: "uniform", bound: 1 / 16 }],
    ["order-parameters", "layers.0.weight", { kind: "normal", std: Math.sqrt(1 / 194) }],
    ["order-parameters", "layers.1.weight", { kind: "normal", std: Math.sqrt(1 / 512) }],
    ["order-parameters", "layers.1.bias", { kind: "constant", value: 0 }],
  ];
  it.each(expected)("%s draws %s as its original does", (name, parameter, distribution) => {
    const config = architectures[name]();
    const specification = parameterSpecifications(config).find((s) => s.name === parameter);
    if (specification === undefined) throw new Error(`no parameter ${parameter}`);
    const actual = distributionOf(schemeOf(config), specification);
    expect(actual.kind).toBe(distribution.kind);
    for (const [key, value] of Object.entries(distribution)) {
      if (key === "kind") continue;
      expect((actual as unknown as Record<string, number>)[key]).toBeCloseTo(value as number, 12);
    }
  });

  it("power's layers begin alike, as copies of one PyTorch layer do; others' do not", () => {
    const alike = (name: "power" | "danielmamay") => {
      const values = Object.fromEntries(
        initialValues(architectures[name](), 5).map((each) => [each.name, each.values]),
      );
      return Object.keys(values)
        .filter((key) => key.startsWith("layers.0.") && key.endsWith("weight"))
        .map((key) => {
          const other = values[key.replace("layers.0.", "layers.1.")] as Float32Array;
          return Buffer.from(values[key]?.buffer as ArrayBuffer).equals(Buffer.from(other.buffer));
        });
    };
    expect(alike("power")).toEqual([true, true, true, true, true, true]);
    expect(alike("danielmamay")).toEqual([false, false, false, false, false, false]);
  });

  it("multiplies every initial parameter, gains too, by the initial scale", () => {
    for (const name of ["grokfast", "prieto"] as const) {
      const plain = initialValues(architectures[name](), 1);
      const scaled = initialValues(architectures[name](undefined, { initialScale: 0.5 }), 1);
      for (const [i, { name: parameter, values }] of scaled.entries()) {
        expect(values, parameter).toEqual(plain[i]?.values.map((value) => value / 2));
      }
    }
  });

  it("widens a truncated normal back to variance 1/fan-in", () => {
    const config = architectures["addition-777"](undefined, { dModel: 64, heads: 1 });
    const values = initialValues(config, 0).find(
      (p) => p.name === "layers.0.feedForward.in.weight",
    );
    const sum = (values?.values ?? new Float32Array()).reduce((total, x) => total + x * x, 0);
    expect(sum / (64 * 128)).toBeCloseTo(1 / 64, 3);
  });

  const drawn = (config: ModelConfig, seed: number) =>
    Object.fromEntries(initialValues(config, seed).map(({ name, values }) => [name, values]));

  it("is a function of the seed", () => {
    const config = mlx(97, { dModel: 8 });
    expect(drawn(config, 1)).toEqual(drawn(config, 1));
    expect(drawn(config, 1).tokenEmbedding).not.toEqual(drawn(config, 2).tokenEmbedding);
  });

  it("draws each tensor on its own", () => {
    const one = drawn(mlx(97, { dModel: 8, layers: 1 }), 1);
    const two = drawn(mlx(97, { dModel: 8, layers: 2 }), 1);
    for (const [name, values] of Object.entries(one)) expect(two[name]).toEqual(values);
    expect(one["layers.0.attention.query.weight"]).not.toEqual(
      one["layers.0.attention.key.weight"],
    );
  });

  it("makes tensors that outlive the tidy scope around", () => {
    const config = mlx(5, { dModel: 8 });
    const before = tf.memory().numTensors;
    let parameters: Parameters = {};
    tf.tidy(() => {
      parameters = initialise(config, 0);
    });
    expect(tf.memory().numTensors - before).toBe(Object.keys(parameters).length);
    expect(parameters.tokenEmbedding?.shape).toEqual([7, 8]);
    expect(parameters.tokenEmbedding?.dataSync()).toEqual(drawn(config, 0).tokenEmbedding);
    tf.dispose(parameters);
    expect(tf.memory().numTensors).toBe(before);
  });
});
