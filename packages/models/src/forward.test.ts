import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { difference } from "../test/difference";
import { cases, someParameters } from "../test/networks";
import { grokfast } from "./architectures/grokfast";
import { mlp } from "./architectures/mlp";
import { mlxSwiglu } from "./architectures/mlx";
import { type ForwardOptions, forward, forwardPlanned } from "./forward";
import { initialise } from "./parameters/initialise";
import { plan } from "./plan/plan";

const values = (tensor: tf.Tensor) => {
  const data = tensor.dataSync();
  tensor.dispose();
  return data as Float32Array;
};

describe("forward", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(cases)("$name gives a row of logits per answer", ({ config, batch, labels }) => {
    const parameters = initialise(config, 0);
    const logits = forward(config, parameters, batch);
    expect(logits.shape).toEqual([labels.length, config.classes]);
    expect(values(logits).every(Number.isFinite)).toBe(true);
    tf.dispose(parameters);
  });

  it("gives the same from a plan that is kept", () => {
    for (const { config, batch } of cases) {
      const parameters = someParameters(config);
      const kept = plan(config, batch);
      const expected = values(forward(config, parameters, batch));
      expect(values(forwardPlanned(config, parameters, kept))).toEqual(expected);
      expect(values(forwardPlanned(config, parameters, kept))).toEqual(expected);
      tf.dispose(parameters);
    }
  });

  it("multiplies the logits, and nothing else, by the output scale", () => {
    for (const make of [mlp, grokfast]) {
      const plain = make(7, { dModel: 12 });
      const parameters = someParameters(plain);
      const size = plain.kind === "mlp" ? 2 : 4;
      const tokens = Int32Array.from({ length: 3 * size }, (_, i) => i % 7);
      const batch = { tokens, size: 3, length: size, answerPositions: [size - 1] };
      const expected = values(forward(plain, parameters, batch)).map((logit) => 8 * logit);
      const scaled = { ...plain, outputScale: 8 };
      expect(values(forward(scaled, parameters, batch))).toEqual(expected);
      tf.dispose(parameters);
    }
  });

  it("names the parameter that is missing", () => {
    const { config, batch } = cases[0] as (typeof cases)[0];
    expect(() => forward(config, {}, batch)).toThrow(
      "the network's parameters lack tokenEmbedding",
    );
  });

  it("does not run one kind of network by the plan of the other", () => {
    const { config, batch } = cases[0] as (typeof cases)[0];
    expect(() => forwardPlanned(mlp(7), {}, plan(config, batch))).toThrow(RangeError);
  });

  describe("with dropout", () => {
    // One layer without norms behind the dropout: the logits are linear in what is dropped.
    const config = mlxSwiglu(5, { dModel: 8, layers: 1, finalNorm: false });
    const tokens = Int32Array.of(1, 5, 2, 6, 1, 5, 2, 6, 3, 5, 0, 6);
    const batch = { tokens, size: 3, length: 4, answerPositions: [3] };
    const run = (options: ForwardOptions) => {
      const parameters = someParameters(config);
      const logits = values(forward(config, parameters, batch, options));
      tf.dispose(parameters);
      return logits;
    };

    it("is a function of the key, and drops equal sequences out apart", () => {
      const logits = run({ dropoutKey: 3 });
      expect(run({ dropoutKey: 3 })).toEqual(logits);
      expect(run({ dropoutKey: 4 })).not.toEqual(logits);
      expect(logits.slice(0, 7)).not.toEqual(logits.slice(7, 14));
      expect(run({}).slice(0, 7)).toEqual(run({}).slice(7, 14));
    });

    it("leaves the mean as it is", () => {
      const rounds = 400;
      const samples = Array.from({ length: rounds }, (_, dropoutKey) => run({ dropoutKey }));
      for (const [i, expected] of run({}).entries()) {
        const column = samples.map((sample) => sample[i] as number);
        const mean = column.reduce((sum, x) => sum + x, 0) / rounds;
        const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rounds;
        expect(variance).toBeGreaterThan(0);
        expect(Math.abs(mean - expected)).toBeLessThan(4.5 * Math.sqrt(variance / rounds));
      }
    });

    it("masks the same rows with and without token tables", () => {
      const plain = run({ dropoutKey: 9, shortcuts: { tokenTables: false } });
      expect(difference(run({ dropoutKey: 9 }), plain)).toBeLessThan(1e-6);
    });

    it("needs a plan that keeps equal prefixes apart", () => {
      expect(() => forwardPlanned(config, {}, plan(config, batch), { dropoutKey: 1 })).toThrow(
        "this plan shares prefixes",
      );
    });
  });
});
