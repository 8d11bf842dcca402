import { checkMatrix, type Matrix } from "../matrix/matrix";
import { innerProduct } from "../matrix/product";
import { componentsOf, highestFrequency } from "./basis";
import { transformColumns } from "./transform";

/** How a weight with a row for each element of Z_n is spread over frequencies. */
export interface FourierSpectrum {
  /** The length of each component over the columns, in the order of `fourierBasis`: [n]. */
  readonly norms: Float64Array;
  /** Squared length per frequency, cosine and sine together; 0 is the constant: [⌊n/2⌋ + 1]. */
  readonly power: Float64Array;
}

/**
 * The Fourier spectrum of a weight along its rows (Nanda et al. 2023, figure 3):
 *
 *     norms_i = ‖(F·W)_i‖₂        power_k = Σ norms_i² over the components i of frequency k
 *
 * Σ power = ‖W‖²_F. Elements must be in the order of the group's exponents: for a product mod p
 * select the rows by `cyclicGroup` first.
 *
 * @param weight [n, d], e.g. the rows of an embedding that belong to the numbers
 * @throws RangeError if the weight has fewer than two rows or is not finite
 *
 * @example
 * fourierSpectrum(matrixOf(embedding, 97, 128)).power; // [49]
 */
export function fourierSpectrum(weight: Matrix): FourierSpectrum {
  const n = weight.rows;
  checkMatrix(weight, "the weight");
  if (n < 2) throw new RangeError("a Fourier spectrum needs a weight of at least two rows");
  const { values, columns } = transformColumns(weight);
  const squares = Float64Array.from({ length: n }, (_, i) => {
    const row = values.subarray(i * columns, (i + 1) * columns);
    return innerProduct(row, row);
  });
  const power = Float64Array.from({ length: highestFrequency(n) + 1 }, (_, frequency) =>
    componentsOf(frequency, n).reduce((sum, i) => sum + (squares[i] as number), 0),
  );
  return { norms: squares.map(Math.sqrt), power };
}
