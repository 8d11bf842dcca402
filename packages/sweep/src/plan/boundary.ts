import type { Setting } from "../state/setting";

/** Points at which runs can be made, by what they are set to. */
export interface Space {
  /** [point][axis], each from 0 to 1 along its axis. */
  readonly places: readonly (readonly number[])[];
  /** Axes of words, on which two different places are just different. */
  readonly isWords: readonly boolean[];
}

/** An observation: a run at a point, and whether it grokked. */
export interface Seen {
  readonly point: number;
  readonly grokked: boolean;
}

/** What is known of a point: 1 is "groks", −1 "never does". */
export interface Belief {
  readonly mean: Float64Array;
  /** Standard deviation of the mean. */
  readonly std: Float64Array;
  /** ln of the probability of what was seen. */
  readonly evidence: number;
}

/** Length scales that are tried, as shares of an axis; the one under which the data are likeliest is taken. */
const scales = [0.1, 0.15, 0.22, 0.33, 0.5];

/** Variance of a run's outcome around its point's mean: seeds differ near the boundary. */
const noise = 0.25;

/** The most points that a space may have: work grows with their square. */
export const maxPoints = 2_000;

/** A normal deviate: what lies within is believed to 95%. */
const within = 1.96;

/**
 * The places of points along their axes: by rank, so that neither the unit nor the spacing of an
 * axis matters, only the order that the sweep gave it.
 */
export function spaceOf(
  points: readonly Readonly<Record<string, Setting>>[],
  axes: readonly string[],
): Space {
  const isWords: boolean[] = [];
  const columns = axes.map((axis) => {
    const values = [...new Set(points.map((point) => point[axis] ?? null))];
    const isNumbers = values.every((value) => typeof value === "number");
    if (isNumbers) (values as number[]).sort((a, b) => a - b);
    isWords.push(!isNumbers);
    return points.map((point) =>
      values.length === 1 ? 0 : values.indexOf(point[axis] ?? null) / (values.length - 1),
    );
  });
  return { places: points.map((_, i) => columns.map((column) => column[i] as number)), isWords };
}

/**
 * What runs so far say of every point: a Gaussian process on outcomes ±1 with a squared-exponential
 * kernel, the length scale by highest evidence,
 *
 *     k(p, q) = exp(−|p − q|²/2ℓ²),   m ← m + k_i (y − m_i)/(k_ii + σ²),   k ← k − k_i k_iᵀ/(k_ii + σ²)
 */
export function belief(space: Space, seen: readonly Seen[]): Belief {
  const all = scales.map((scale) => posterior(space, seen, scale));
  return all.reduce((best, each) => (each.evidence > best.evidence ? each : best)).belief();
}

/**
 * The points at which another run would say most of where the phase boundary is: those whose mean is
 * nearest to it for what is known of them ("straddle", Bryan et al. 2005), each chosen as if the ones
 * before had come out as expected.
 *
 * @param left how many runs can still be made at each point
 * @param count how many are wanted
 * @returns fewer, or none, where every point is on one side of the boundary with 95% confidence
 */
export function maxUncertain(
  space: Space,
  seen: readonly Seen[],
  left: readonly number[],
  count: number,
): number[] {
  const scored = scales.map((scale) => posterior(space, seen, scale));
  const process = scored.reduce((best, each) => (each.evidence > best.evidence ? each : best));
  const remaining = [...left];
  const chosen: number[] = [];
  while (chosen.length < count) {
    const { mean, std } = process.belief();
    let best = -1;
    let highest = 0;
    for (const [i, runs] of remaining.entries()) {
      const score = within * (std[i] as number) - Math.abs(mean[i] as number);
      if (runs > 0 && score > highest + 1e-12) [best, highest] = [i, score];
    }
    if (best < 0) break;
    chosen.push(best);
    remaining[best] = (remaining[best] as number) - 1;
    process.see(best, mean[best] as number);
  }
  return chosen;
}

function posterior(space: Space, seen: readonly Seen[], scale: number): Process {
  const process = new Process(space, scale);
  for (const { point, grokked } of seen) process.see(point, grokked ? 1 : -1);
  return process;
}

/** A Gaussian process over points, conditioned on one observation after another: exact, and no matrix is inverted. */
class Process {
  evidence = 0;
  readonly #mean: Float64Array;
  readonly #covariance: Float64Array; // [points, points]
  readonly #size: number;

  constructor({ places, isWords }: Space, scale: number) {
    const size = places.length;
    this.#size = size;
    this.#mean = new Float64Array(size);
    this.#covariance = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const [p, q] = [places[i] as readonly number[], places[j] as readonly number[]];
        let square = 0;
        for (const [axis, at] of p.entries()) {
          const distance = Math.abs(at - (q[axis] as number));
          // Of two words nothing more is known than that they differ.
          square += isWords[axis] === true ? (distance > 0 ? scale ** 2 : 0) : distance ** 2;
        }
        this.#covariance[i * size + j] = Math.exp(-square / (2 * scale ** 2));
      }
    }
  }

  see(point: number, value: number): void {
    const size = this.#size;
    const row = this.#covariance.slice(point * size, (point + 1) * size);
    const variance = (row[point] as number) + noise;
    const surprise = value - (this.#mean[point] as number);
    this.evidence -= 0.5 * (surprise ** 2 / variance + Math.log(2 * Math.PI * variance));
    for (let i = 0; i < size; i++) {
      const gain = (row[i] as number) / variance;
      if (gain === 0) continue;
      this.#mean[i] = (this.#mean[i] as number) + gain * surprise;
      for (let j = 0; j < size; j++) {
        const at = i * size + j;
        this.#covariance[at] = (this.#covariance[at] as number) - gain * (row[j] as number);
      }
    }
  }

  belief(): Belief {
    const size = this.#size;
    const std = Float64Array.from({ length: size }, (_, i) =>
      Math.sqrt(Math.max(0, this.#covariance[i * size + i] as number)),
    );
    return { mean: this.#mean.slice(), std, evidence: this.evidence };
  }
}
