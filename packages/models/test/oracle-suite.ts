import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixtureNames, readFixture } from "./fixture-files";
import {
  comparePoints,
  compareWithOracle,
  type OracleDifferences,
  type OracleOptions,
} from "./oracle";

/**
 * What a float32 backend must keep to. PyTorch's own float32 run keeps to a fifth of each: 6e-7,
 * 2e-6 and 2.4e-5. Ten steps of Adam enlarge rounding errors, one forward and backward does not.
 */
export const oracleTolerance = {
  logits: 1e-5,
  losses: 1e-5,
  gradients: 1e-5,
  weights: 1e-4,
  points: 1e-5,
};

/** The differences in a line. */
export function describeDifferences(found: OracleDifferences): string {
  const { logits, losses, gradients, weights, torch } = found;
  const short = (value: number) => value.toExponential(1);
  const worst = ({ value, name }: { value: number; name: string }) => `${short(value)} (${name})`;
  return (
    `logits ${short(logits)}, losses ${short(losses)}, gradients ${worst(gradients)}, weights ${worst(weights)}; ` +
    `PyTorch float32: ${short(torch.logits)}, ${short(torch.gradients)}, ${short(torch.weights)}`
  );
}

/** Fails where a difference is larger than {@link oracleTolerance}. */
export function expectAgreement({ logits, losses, gradients, weights }: OracleDifferences): void {
  expect(logits).toBeLessThan(oracleTolerance.logits);
  expect(losses).toBeLessThan(oracleTolerance.losses);
  expect(gradients.value, gradients.name).toBeLessThan(oracleTolerance.gradients);
  expect(weights.value, weights.name).toBeLessThan(oracleTolerance.weights);
}

/**
 * Registers tests that hold every network against PyTorch on a tfjs backend, and prints the largest
 * differences.
 *
 * @param backend its name in tfjs's registry
 * @param prepare registers the backend, and whatever it is to run, before the first test
 */
export function oracleSuite(
  backend: string,
  prepare: () => unknown = () => {},
  options: OracleOptions = {},
): void {
  describe(`PyTorch fixtures on ${backend}`, () => {
    const lines: string[] = [];

    beforeAll(async () => {
      await prepare();
      await tf.setBackend(backend);
    });
    afterAll(() => console.log(lines.join("\n")));

    it.each(fixtureNames)(
      "%s: logits, losses, gradients, and weights after the steps",
      async (name) => {
        const before = tf.memory().numTensors;
        const found = await compareWithOracle(readFixture(name), options);
        lines.push(`${backend} ${name}: ${describeDifferences(found)}`);
        expectAgreement(found);
        expect(tf.memory().numTensors).toBe(before);
      },
    );

    it.each(fixtureNames.filter((name) => readFixture(name).points !== undefined))(
      "%s: what every point of the forward pass holds",
      async (name) => {
        const before = tf.memory().numTensors;
        const { value, name: point } = await comparePoints(readFixture(name));
        lines.push(`${backend} ${name}: points ${value.toExponential(1)} (${point})`);
        expect(value, point).toBeLessThan(oracleTolerance.points);
        expect(tf.memory().numTensors).toBe(before);
      },
    );
  });
}
