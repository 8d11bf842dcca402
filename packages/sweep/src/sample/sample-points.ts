import { randomStream } from "@grok/data";
import { SweepError } from "../sweep-error";
import { sobolDimensions, sobolPoints } from "./sobol";

/**
 * Points in [0, 1)^d: independent ones, or Sobol's sequence, which leaves no gaps.
 *
 * @param seed decides random points, and the digital shift of Sobol's; 0 shifts by nothing. The
 *   first n points are the same however many are asked for.
 */
export function samplePoints(
  method: "sobol" | "random",
  count: number,
  dimensions: number,
  seed: number,
): number[][] {
  if (method === "random") {
    return Array.from({ length: count }, (_, i) => {
      const stream = randomStream(seed, "sweep sample", i);
      return Array.from({ length: dimensions }, () => stream.uniform());
    });
  }
  if (dimensions > sobolDimensions) {
    throw new SweepError(
      `sample.over may have ${sobolDimensions} flags with method sobol, not ${dimensions}; method random has no limit.`,
    );
  }
  if (seed === 0) return sobolPoints(count, dimensions);
  const stream = randomStream(seed, "sweep shift", 0);
  const shift = Array.from({ length: dimensions }, () => stream.uniform() * 2 ** 32);
  return sobolPoints(count, dimensions, shift);
}
