import "@tensorflow/tfjs-backend-cpu";
import { registerStockGradients, squaredError, valueAndGradients } from "@grok/ops";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { assemble } from "../../experiment/assembly";
import { resolveExperiment } from "../../index";

beforeAll(async () => {
  await tf.setBackend("cpu");
  await registerStockGradients();
});

const flags = { features: 3, width: 4, samples: 10, curvature: 0.5, "output-scale": 2 };
const features = Float32Array.of(1, 0, -1, 2, 0.5, 0);
const batch = { tokens: new Int32Array(0), features, size: 2, length: 0, answerPositions: [0] };

test("a committee is α·mean(h + ε/2·h²), with gradients", () => {
  const { network } = assemble(resolveExperiment({ preset: "committee", flags }));
  const parameters = network.initialise(0);
  const weight = [...(parameters.weight as tf.Tensor).dataSync()];
  const plan = network.plan(batch);
  const outputs = [...network.forward(parameters, plan).dataSync()];
  const expected = [0, 1].map((i) => {
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      let h = 0;
      for (let f = 0; f < 3; f++) {
        h += (features[3 * i + f] as number) * (weight[4 * f + k] as number);
      }
      sum += h + 0.25 * h * h;
    }
    return (2 * sum) / 4;
  });
  for (const [i, value] of outputs.entries()) expect(value).toBeCloseTo(expected[i] as number, 5);
  const { gradients } = valueAndGradients(parameters, () => ({
    loss: squaredError(network.forward(parameters, plan), tf.zeros([2, 1])),
  }));
  expect(gradients.weight?.shape).toEqual([3, 4]);
});

test("its inputs and its answer are numbers", () => {
  const flags = { model: "committee" };
  expect(() => assemble(resolveExperiment({ preset: "mlp", flags })).network).toThrow(
    /committee takes real-valued inputs and gives one value/,
  );
});
