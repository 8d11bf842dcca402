import { randomStream } from "../random/stream";
import { requireInteger } from "../requirement";
import { batchOf, featureShape } from "../task/batch-of";
import type { Dataset, FiniteTask } from "../task/task";

/** What {@link projectionTask} takes. */
export interface ProjectionTaskOptions {
  /** Numbers of an example, d; 100 by default (Kumar et al. 2024). */
  features?: number;
  /** How many examples in all; 1,000 by default. */
  samples?: number;
  /** The polynomial's coefficients from the constant up; `[0, 0, 0.5]` by default, ½(w·x)² (ibid.). */
  coefficients?: readonly number[];
  /** How many random directions there are, of which the polynomials are averaged; 1 by default. */
  projections?: number;
  /** Standard deviation of normal noise that is added to every target; 0 by default. */
  std?: number;
  /** Decides directions and examples; 0 by default, whatever the run's seed. */
  seed?: number;
}

/** Regression on a polynomial of random projections. */
export interface ProjectionTask extends FiniteTask {
  /** The unit directions, [projections, features]. */
  readonly directions: Float64Array;
}

/**
 * Regression on y = 1/r Σ_j Σ_k c_k (w_j·x)^k of standard normal x, for r random directions w_j of
 * length 1, after the polynomial regression of Kumar et al. 2024 (arXiv 2310.06110), whose target is
 * ½(w·x)² up to a shift.
 *
 * @throws RangeError if a number is out of bounds
 */
export function projectionTask({
  features = 100,
  samples = 1_000,
  coefficients = [0, 0, 0.5],
  projections = 1,
  std = 0,
  seed = 0,
}: ProjectionTaskOptions = {}): ProjectionTask {
  requireInteger("The number of features", features, 1, 4096);
  requireInteger("The number of samples", samples, 2, 1_000_000);
  requireInteger("The number of projections", projections, 1, 256);
  requireInteger("The number of coefficients", coefficients.length, 2, 17);
  if (samples * features > 2 ** 28) {
    throw new RangeError(
      `${samples} examples of ${features} features are more than ${2 ** 28} numbers, a gibibyte.`,
    );
  }
  if (!coefficients.every(Number.isFinite) || coefficients.slice(1).every((c) => c === 0)) {
    throw new RangeError(
      `The coefficients are ${coefficients.join(", ")}: they must be finite numbers, one behind the first not 0.`,
    );
  }
  if (!(std >= 0 && Number.isFinite(std))) {
    throw new RangeError(`The standard deviation of the noise is ${std}: it must be at least 0.`);
  }
  const directions = Float64Array.from(
    randomStream(seed, "projection/directions").normalArray(projections * features),
  );
  for (let j = 0; j < projections; j++) {
    const row = directions.subarray(j * features, (j + 1) * features);
    const length = Math.sqrt(row.reduce((sum, w) => sum + w * w, 0));
    for (const [i, w] of row.entries()) row[i] = w / length;
  }
  const shape = featureShape({ features, values: 1 });
  const degree = coefficients.length - 1;
  return {
    kind: "finite",
    name: `a polynomial of degree ${degree}`,
    chance: null,
    ...shape,
    directions,
    dataset: (): Dataset => {
      const inputs = randomStream(seed, "projection/examples").normalArray(samples * features);
      const noise = randomStream(seed, "projection/noise").normalArray(samples);
      const targets = new Float32Array(samples); // [samples, 1]
      for (let i = 0; i < samples; i++) {
        let sum = 0;
        for (let j = 0; j < projections; j++) {
          let dot = 0;
          for (let f = 0; f < features; f++) {
            dot += (directions[j * features + f] as number) * (inputs[i * features + f] as number);
          }
          sum += coefficients.reduceRight((value, c) => value * dot + c, 0);
        }
        targets[i] = sum / projections + std * (noise[i] as number);
      }
      return { ...shape, ...batchOf({ size: samples, features: inputs, targets }) };
    },
  };
}
