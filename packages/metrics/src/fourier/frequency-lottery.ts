import { checkMatrix, type Matrix } from "../matrix/matrix";
import { componentsOf, highestFrequency } from "./basis";
import { transformColumns } from "./transform";

/** The frequency that a neuron of squares is predicted to compute with. */
export interface LotteryWinner {
  /** The frequency that grows without bound first. */
  readonly frequency: number;
  /** The time at which it does, in units in which dU/dt = V̄W. */
  readonly time: number;
  /** The same time of the next frequency over the winner's: 1 for a draw, infinite if no other grows. */
  readonly lead: number;
}

/** A frequency's parts of a neuron's weights from a and b and to c: re and im of U, V and W. */
type Triple = readonly [number, number, number, number, number, number];

/** Largest share by which an amplitude grows in a step of the integration. */
const growth = 0.05;

/** How many times larger than at first a frequency is when it counts as through. */
const through = 100;

/** Steps after which a frequency that does not grow is given up. */
const maxSteps = 2_000;

/**
 * Which frequency each hidden neuron of an x² network will compute with, by gradient flow from its
 * initial weights. While outputs are small, neurons and frequencies do not see each other: the loss
 * falls along Σ_ab w_{a+b}·2·u_a·v_b, which in Fourier space is a sum over frequencies k of
 * Re(U_k V_k W̄_k), so that
 *
 *     dU/dt = V̄W,  dV/dt = ŪW,  dW/dt = UV
 *
 * Each frequency grows without bound at a time of its own, the earlier the larger it is at first and
 * the closer φ_u + φ_v is to φ_w; the first takes the neuron. The equations are integrated by the
 * classical Runge–Kutta method, from the weights as they are.
 *
 * The derivation is ours, of the network of Gromov 2023, arXiv:2301.02679. It holds for gradient
 * descent from small weights; how well it holds for an adaptive optimizer is a question to the run.
 *
 * @param weights from a, from b [n, neurons], and to c [n, neurons]; elements in the order of the
 *   group's exponents
 * @param sign 1 for c = a + b, −1 for c = a − b
 * @throws RangeError if the weights differ in shape, have fewer than three rows or are not finite
 *
 * @example
 * const winners = frequencyLottery([fromA, fromB, toC]);
 * winners[0].frequency; // 14
 */
export function frequencyLottery(
  weights: readonly [a: Matrix, b: Matrix, c: Matrix],
  sign: 1 | -1 = 1,
): readonly LotteryWinner[] {
  const { rows: n, columns: neurons } = weights[0];
  for (const weight of weights) {
    checkMatrix(weight, "the weight", { rows: n });
    if (weight.columns !== neurons) {
      throw new RangeError(
        `the weights of neurons differ: ${neurons} and ${weight.columns} neurons`,
      );
    }
  }
  if (n < 3)
    throw new RangeError("the lottery of frequencies needs weights of at least three rows");
  const spectra = weights.map((weight) => transformColumns(weight).values);
  const partOf = (spectrum: ArrayLike<number>, component: number | undefined, neuron: number) =>
    component === undefined ? 0 : (spectrum[component * neurons + neuron] as number);
  return Array.from({ length: neurons }, (_, neuron) => {
    const times = Array.from({ length: highestFrequency(n) }, (__, i) => {
      const [cosine, sine] = componentsOf(i + 1, n);
      const [a, b, c] = spectra.map((spectrum) => [
        partOf(spectrum, cosine, neuron),
        // cos(wx)·re − sin(wx)·im
        -partOf(spectrum, sine, neuron),
      ]) as [[number, number], [number, number], [number, number]];
      return blowUpTime([a[0], a[1], b[0], sign * b[1], c[0], c[1]]);
    });
    const frequency = 1 + times.indexOf(Math.min(...times));
    const time = times[frequency - 1] as number;
    const next = Math.min(...times.filter((__, i) => i !== frequency - 1));
    return { frequency, time, lead: next / time };
  });
}

/** When the three amplitudes of a frequency grow without bound; infinity if they do not. */
function blowUpTime(start: Triple): number {
  let state: Triple = start;
  let time = 0;
  const first = largest(start);
  if (first === 0) return Number.POSITIVE_INFINITY;
  for (let step = 0; step < maxSteps; step++) {
    const size = largest(state);
    // From here on it grows as y' = y² does, whose time left is 1/y.
    if (size > through * first) return time + 1 / size;
    const dt = growth / size;
    state = rungeKutta(state, dt);
    time += dt;
  }
  return Number.POSITIVE_INFINITY;
}

function largest([a, b, c, d, e, f]: Triple): number {
  return Math.max(Math.hypot(a, b), Math.hypot(c, d), Math.hypot(e, f));
}

/** (V̄W, ŪW, UV) */
function slope([u, iu, v, iv, w, iw]: Triple): Triple {
  return [
    v * w + iv * iw,
    v * iw - iv * w,
    u * w + iu * iw,
    u * iw - iu * w,
    u * v - iu * iv,
    u * iv + iu * v,
  ];
}

function rungeKutta(state: Triple, dt: number): Triple {
  const along = (by: Triple, share: number) =>
    state.map((value, i) => value + share * dt * (by[i] as number)) as unknown as Triple;
  const first = slope(state);
  const second = slope(along(first, 0.5));
  const third = slope(along(second, 0.5));
  const fourth = slope(along(third, 1));
  return state.map(
    (value, i) =>
      value +
      (dt / 6) *
        ((first[i] as number) +
          2 * (second[i] as number) +
          2 * (third[i] as number) +
          (fourth[i] as number)),
  ) as unknown as Triple;
}
