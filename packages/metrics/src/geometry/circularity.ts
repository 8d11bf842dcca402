import { fourierSpectrum } from "../fourier/spectrum";
import { checkMatrix, type Matrix } from "../matrix/matrix";
import { principalComponents } from "./principal-components";

/**
 * The circularity of an embedding (Zhong et al. 2023, "The Clock and the Pizza"): how much of each of
 * its first principal components is one wave.
 *
 *     mean over the first components v of max_k 2·|Σ_x v_x·e^(2πikx/p)|² / (p·Σ v²)
 *
 * It is 1 for circles of one or several frequencies, and for random embeddings the largest of
 * (p − 1)/2 random shares, about ln(p/2)/(p/2). The representation quality index, made for numbers on
 * a line, does not see circles; this does.
 *
 * @param embedding [p, d], its rows in the order of the group's exponents
 * @param count how many components; default 4. Components without variance are left out
 * @returns NaN where nothing varies
 * @throws RangeError if there are not so many components, or a number is not finite
 */
export function circularity(embedding: Matrix, count = 4): number {
  checkMatrix(embedding, "the embedding");
  const p = embedding.rows;
  const { scores, variances } = principalComponents(embedding, count);
  const least = 1e-12 * (variances[0] as number);
  const shares: number[] = [];
  for (const [k, variance] of variances.entries()) {
    if (!(variance > least)) continue;
    const values = Float64Array.from(
      { length: p },
      (_, x) => scores.values[x * count + k] as number,
    );
    const power = fourierSpectrum({ values, rows: p, columns: 1 }).power.subarray(1);
    const total = power.reduce((sum, part) => sum + part, 0);
    shares.push(Math.max(...power) / total);
  }
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
