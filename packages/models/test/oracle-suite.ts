import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixtureNames } from "./fixture";
import { compareWithOracle } from "./oracle";

/**
 * What a float32 backend must keep to. PyTorch's own float32 run keeps to a fifth of each: 6e-7,
 * 2e-6 and 2.4e-5. Ten steps of Adam enlarge rounding errors, one forward and backward does not.
 */
export const oracleTolerance = { logits: 1e-5, losses: 1e-5, gradients: 1e-5, weights: 1e-4 };

/**
 * Registers tests that hold every network against PyTorch on a tfjs backend, and prints the largest
 * differences.
 *
 * @param backend its name in tfjs's registry
 * @param names of the fixtures; all by default
 * @param prepare registers the backend, and whatever it is to run, before the first test
 */
export function oracleSuite(
  backend: string,
  prepare: () => unknown = () => {},
  names: readonly string[] = fixtureNames,
): void {
  describe(`PyTorch fixtures on ${backend}`, () => {
    const lines: string[] = [];

    beforeAll(async () => {
      await prepare();
      await tf.setBackend(backend);
    });
    afterAll(() => console.log(lines.join("\n")));

    it.each(names)("%s: logits, losses, gradients, and weights after 10 steps", async (name) => {
      const before = tf.memory().numTensors;
      const { logits, losses, gradients, weights, torch } = await compareWithOracle(name);
      lines.push(
        `${backend} ${name}: logits ${logits.toExponential(1)}, losses ${losses.toExponential(1)}, ` +
          `gradients ${gradients.describe()}, weights ${weights.describe()}; PyTorch float32: ${torch.logits.toExponential(1)}, ` +
          `${torch.gradients.toExponential(1)}, ${torch.weights.toExponential(1)}`,
      );
      expect(logits).toBeLessThan(oracleTolerance.logits);
      expect(losses).toBeLessThan(oracleTolerance.losses);
      expect(gradients.value, gradients.name).toBeLessThan(oracleTolerance.gradients);
      expect(weights.value, weights.name).toBeLessThan(oracleTolerance.weights);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}
