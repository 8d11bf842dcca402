import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { cases, someParameters } from "../test/networks";
import { mlp } from "./architectures/mlp";
import { nanda } from "./architectures/nanda";
import { forwardPlanned } from "./forward";
import { hiddenActivations } from "./hidden-activations";
import type { Parameters } from "./parameters/draw";
import { plan } from "./plan/plan";

/** The largest difference of two tensors; NaN where a number is none. */
const apart = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] as number;

describe("hiddenActivations", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(cases.filter(({ config }) => config.kind !== "mlp" || config.depth > 1))(
    "of $name are the same with shortcuts and without, with the logits of forward",
    ({ config, batch }) => {
      const parameters = someParameters(config);
      const off = { sharedPrefixes: false, answerOnly: false, tokenTables: false };
      const fast = hiddenActivations(config, parameters, plan(config, batch));
      const plain = hiddenActivations(config, parameters, plan(config, batch, { shortcuts: off }));
      const answers =
        config.kind === "mlp" ? batch.size : batch.size * batch.answerPositions.length;
      const neurons = config.kind === "mlp" ? config.width : config.feedForward.hidden;
      expect(fast.hidden.shape).toEqual([answers, neurons]);
      expect(apart(fast.hidden, plain.hidden)).toBeLessThan(2e-6);
      const logits = forwardPlanned(config, parameters, plan(config, batch));
      expect(apart(fast.logits, logits)).toBe(0);
      tf.dispose([parameters, fast, plain, logits] as unknown as tf.TensorContainer);
    },
  );

  it("of an MLP are what its last layer turns into logits", () => {
    const config = mlp(7, { width: 12 });
    const parameters = someParameters(config);
    const batch = { tokens: Int32Array.of(3, 1, 6, 6), size: 2, length: 2, answerPositions: [1] };
    const { hidden, logits } = hiddenActivations(config, parameters, plan(config, batch));
    const last = config.depth - 1;
    const expected = tf.add(
      tf.matMul(hidden, parameters[`layers.${last}.weight`] as tf.Tensor2D),
      parameters[`layers.${last}.bias`] as tf.Tensor,
    );
    expect(apart(expected, logits)).toBeLessThan(1e-6);
  });

  it("of a transformer without norms write to the logits through the last weight", () => {
    const config = nanda(5, { dModel: 8, heads: 2 });
    const parameters: Parameters = someParameters(config);
    const batch = {
      tokens: Int32Array.of(3, 1, 5, 2, 2, 5),
      size: 2,
      length: 3,
      answerPositions: [2],
    };
    const of = (at: Parameters) => hiddenActivations(config, at, plan(config, batch));
    const before = of(parameters);
    // Twice the output weight adds what the activations write once more.
    const name = "layers.0.feedForward.out.weight";
    const out = parameters[name] as tf.Tensor2D;
    const after = of({ ...parameters, [name]: tf.mul(out, 2) });
    const written = tf.matMul(
      tf.matMul(before.hidden, out),
      parameters["unembedding.weight"] as tf.Tensor2D,
    );
    expect(apart(tf.sub(after.logits, before.logits), written)).toBeLessThan(1e-5);
  });

  it("leaves nothing behind but what it gives", () => {
    const config = nanda(5, { dModel: 8, heads: 2 });
    const parameters = someParameters(config);
    const batch = { tokens: Int32Array.of(3, 1, 5), size: 1, length: 3, answerPositions: [2] };
    const before = tf.memory().numTensors;
    const given = hiddenActivations(config, parameters, plan(config, batch));
    expect(tf.memory().numTensors).toBe(before + 2);
    tf.dispose(given as unknown as tf.TensorContainer);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("an MLP of one layer has none", () => {
    const config = mlp(7, { depth: 1 });
    const batch = { tokens: Int32Array.of(3, 1), size: 1, length: 2, answerPositions: [1] };
    expect(() => hiddenActivations(config, someParameters(config), plan(config, batch))).toThrow(
      "an MLP of one layer has no hidden activations",
    );
  });
});
