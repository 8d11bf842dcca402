import { randomStream } from "@grok/data";
import type { InitialValues } from "../parameters/draw";
import type { MlpConfig } from "./config";

/** Throws a RangeError unless an MLP can have the analytic weights. */
export function checkAnalytic(config: MlpConfig): void {
  const { input, slots, depth, activation, biases, alpha, vocabulary, classes } = config;
  const isFit =
    input.kind === "one-hot" &&
    slots === 2 &&
    depth === 2 &&
    activation === "square" &&
    !biases &&
    alpha === 0 &&
    vocabulary === 2 * classes;
  if (!isFit) {
    throw new RangeError(
      "initialisation analytic is of an MLP on two one-hot residues with one hidden layer of squares: it takes input one-hot, depth 2, activation square, alpha 0, no biases, and as many answers as residues",
    );
  }
}

/**
 * Weights with which an MLP of squares adds two residues modulo p without training (Gromov 2023,
 * arXiv 2301.02679, section 3). Hidden neuron k has a frequency σ and two phases: from residue a it
 * takes cos(2πσa/p + φ), from b cos(2πσb/p + ψ), and it gives cos(2πσc/p + φ + ψ) to answer c. The
 * square of its input holds cos(2πσ(a + b)/p + φ + ψ), so that all neurons agree on c = a + b, while
 * their other terms have random phases and cancel in the sum, the better the more neurons there are.
 *
 * Frequencies 1 to (p − 1)/2 come equally often, in an order drawn by the seed, as the phases are. All
 * amplitudes are (2/N)^⅓, N the hidden neurons, with which the right answer is 1 in the mean, as in
 * one-hot targets; then everything is multiplied by `initialScale`.
 *
 * @returns layers.0.weight [2p, N] and layers.1.weight [N, p]
 */
export function analyticValues(
  { width, classes: p, initialScale = 1 }: MlpConfig,
  seed: number,
): InitialValues[] {
  const frequencies = Math.max(1, Math.floor((p - 1) / 2));
  const order = randomStream(seed, "init/analytic/frequencies").permutation(width);
  const phases = randomStream(seed, "init/analytic/phases").uniformArray(2 * width);
  const amplitude = initialScale * Math.cbrt(2 / width);
  const first = new Float32Array(2 * p * width);
  const second = new Float32Array(width * p);
  for (let k = 0; k < width; k++) {
    const turn = (2 * Math.PI * (1 + ((order[k] as number) % frequencies))) / p;
    const [phaseA, phaseB] = [phases[2 * k], phases[2 * k + 1]].map(
      (share) => 2 * Math.PI * (share as number),
    ) as [number, number];
    for (let residue = 0; residue < p; residue++) {
      const angle = turn * residue;
      first[residue * width + k] = amplitude * Math.cos(angle + phaseA);
      first[(p + residue) * width + k] = amplitude * Math.cos(angle + phaseB);
      second[k * p + residue] = amplitude * Math.cos(angle + phaseA + phaseB);
    }
  }
  return [
    { name: "layers.0.weight", shape: [2 * p, width], values: first },
    { name: "layers.1.weight", shape: [width, p], values: second },
  ];
}
