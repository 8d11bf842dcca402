import { expect, it } from "vitest";
import { type Matrix, matrixOf } from "../matrix/matrix";
import {
  addingNeurons,
  inverseParticipation,
  neuronParticipation,
  neuronWaves,
} from "./neuron-waves";

const n = 13;

/** A weight of which each neuron is a sum of waves [amplitude, frequency, phase]. */
function weightOf(neurons: readonly (readonly (readonly [number, number, number])[])[]): Matrix {
  const values = Float64Array.from({ length: n * neurons.length }, (_, i) => {
    const x = Math.floor(i / neurons.length);
    return (neurons[i % neurons.length] ?? []).reduce(
      (sum, [amplitude, k, phase]) => sum + amplitude * Math.cos((2 * Math.PI * k * x) / n + phase),
      0,
    );
  });
  return matrixOf(values, n, neurons.length);
}

it("finds frequency, share and phase of a neuron", () => {
  const { frequencies, shares, power, phase } = neuronWaves(
    weightOf([
      [
        [3, 4, 0.7],
        [1, 6, -1],
        [5, 0, 0],
      ],
      [],
    ]),
  );
  expect(frequencies[0]).toBe(4);
  expect(shares[0]).toBeCloseTo(9 / 10, 10);
  expect(power[0]?.[4]).toBeCloseTo((9 * n) / 2, 8);
  expect(power[0]?.[0]).toBeCloseTo(25 * n, 8);
  expect(phase(0, 4)).toBeCloseTo(0.7, 10);
  expect(phase(0, 6)).toBeCloseTo(-1, 10);
  expect(shares[1]).toBe(0);
});

it("gives the inverse participation ratio of the complex coefficients, as numpy's rfft has them", () => {
  // numpy: q = abs(np.fft.rfft(3cos(2π4x/13 + .7) + cos(2π6x/13 − 1) + 5))**2; ((q/q.sum())**2).sum()
  const { power } = neuronWaves(
    weightOf([
      [
        [3, 4, 0.7],
        [1, 6, -1],
        [5, 0, 0],
      ],
    ]),
  );
  // |x₀|² = (5n)², |x₄|² = (3n/2)², |x₆|² = (n/2)²: 100 : 9 : 1.
  expect(inverseParticipation(power[0] as Float64Array)).toBeCloseTo(10_082 / 110 ** 2, 10);
  expect(inverseParticipation([0, 0, 7, 0])).toBe(1);
  expect(inverseParticipation([0.5, 1, 1, 1, 1, 1, 1])).toBeCloseTo(2 / (n + 1), 10);
  expect(inverseParticipation([0, 0])).toBeNaN();
});

it("gives a neuron the frequency of all its weights, and its three phases", () => {
  const a = weightOf([[[1, 2, 0.4]]]);
  const b = weightOf([
    [
      [100, 2, -2],
      [60, 5, 1],
    ],
  ]);
  const c = weightOf([[[0.1, 2, -1.6]]]);
  const [neuron] = addingNeurons([a, b, c]);
  expect(neuron?.frequency).toBe(2);
  expect(neuron?.share).toBeCloseTo((1 + 10_000 / 13_600 + 1) / 3, 8);
  for (const [i, phase] of [0.4, -2, -1.6].entries()) {
    expect(neuron?.phases[i]).toBeCloseTo(phase, 8);
  }
});

it("refuses weights that do not belong together", () => {
  const one = weightOf([[]]);
  expect(() => addingNeurons([one, one, weightOf([[], []])])).toThrow(
    "the weights of neurons differ in shape: 13 × 1 and 13 × 2",
  );
  expect(() => neuronWaves(matrixOf(Float64Array.of(1, 2), 2, 1))).toThrow(
    "the waves of neurons need a weight of at least three rows",
  );
});

it("gives each neuron's mean inverse participation ratio over its weights", () => {
  const ratios = neuronParticipation([
    weightOf([[[1, 2, 0]], [[1, 3, 1]]]),
    // The second neuron has two frequencies alike here.
    weightOf([
      [[2, 5, 1]],
      [
        [1, 3, 0],
        [1, 4, 2],
      ],
    ]),
  ]);
  expect(ratios[0]).toBeCloseTo(1, 10);
  expect(ratios[1]).toBeCloseTo((1 + 1 / 2) / 2, 10);
});
