import { centerColumns } from "../matrix/center";
import { checkMatrix, type Matrix, zeroMatrix } from "../matrix/matrix";

/** Where the random quadruples of {@link representationQualityUpstream} come from. */
export interface IntegerStream {
  /** Uniform in 0 … n−1. */
  integer(n: number): number;
}

/** Settings of {@link representationQuality}. */
export interface RepresentationQualityOptions {
  /** The mean squared difference below which two sums count as equal; default .01, as in the paper's code. */
  threshold?: number;
}

/**
 * The representation quality index of Liu et al. 2022 ("Towards Understanding Grokking"): the share
 * of the parallelograms that addition asks for which the embedding has.
 *
 *     i + n = j + m with 0 ≤ i < j ≤ m < n < p        (equal as integers, not modulo p)
 *     (1/d)·‖(E_i + E_n) − (E_j + E_m)‖² < .01        each dimension of E standardised
 *
 * It is 1 for numbers on a line. Networks that learn sums modulo p put them on circles, where few of
 * the sums of two points are equal: there it stays near 0, which is no fault of the network (see
 * `circularity`).
 * Dimensions that do not vary are left out.
 *
 * @param embedding [p, d]
 * @returns NaN where no dimension varies
 * @throws RangeError if there are fewer than three numbers, or one is not finite
 */
export function representationQuality(
  embedding: Matrix,
  { threshold = 0.01 }: RepresentationQualityOptions = {},
): number {
  checkMatrix(embedding, "the embedding");
  const p = embedding.rows;
  if (p < 3) throw new RangeError(`an embedding of ${p} numbers has no parallelograms`);
  const { values, columns: d } = standardise(embedding);
  if (d === 0) return Number.NaN;
  let all = 0;
  let equal = 0;
  for (let i = 0; i < p; i++) {
    for (let n = i + 2; n < p; n++) {
      for (let j = i + 1; 2 * j <= i + n; j++) {
        all++;
        const m = i + n - j;
        let sum = 0;
        const most = threshold * d;
        for (let k = 0; k < d && sum < most; k++) {
          const difference =
            (values[i * d + k] as number) +
            (values[n * d + k] as number) -
            (values[j * d + k] as number) -
            (values[m * d + k] as number);
          sum += difference * difference;
        }
        if (sum < most) equal++;
      }
    }
  }
  return equal / all;
}

/** The columns that vary, each with mean 0 and variance 1 (divided by p − 1, as torch.std does). */
function standardise(embedding: Matrix): Matrix {
  const { values, rows, columns } = centerColumns(embedding);
  const deviations = Float64Array.from({ length: columns }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += (values[i * columns + k] as number) ** 2;
    return Math.sqrt(sum / (rows - 1));
  });
  const varying = Array.from(deviations.keys()).filter((k) => (deviations[k] as number) > 0);
  const standardised = zeroMatrix(rows, varying.length);
  for (let i = 0; i < rows; i++) {
    for (const [to, from] of varying.entries()) {
      standardised.values[i * varying.length + to] =
        (values[i * columns + from] as number) / (deviations[from] as number);
    }
  }
  return standardised;
}

/**
 * The representation quality index as ChanceSiyuan/grokking codes it: of 2,000 uniform draws of a, b
 * and c, with d = (a + b − c) mod p, the share with
 *
 *     ‖E_a[a] + E_b[b] − E_a[c] − E_b[d]‖₂ < .5
 *
 * The trivial draws (c = a) are skipped and stay in the denominator. It is degenerate: the limit of
 * .5 is absolute, and sums of two points on circles are hardly ever equal, so on its runs it is 0
 * throughout. (Where both operands share an embedding, the draws with c = b hold: a share of 1/p.)
 *
 * @param first E_a, [p, d]: the columns of W1 that belong to a
 * @param second E_b, [p, d]; the same where both operands share an embedding
 * @param random the original's draws are NumPy's with seed 0, again each time; pass a stream of
 *   @grok/data, made again each time as well
 * @throws RangeError if the embeddings do not fit each other or are not finite
 */
export function representationQualityUpstream(
  first: Matrix,
  second: Matrix,
  random: IntegerStream,
  { draws = 2000, threshold = 0.5 } = {},
): number {
  checkMatrix(first, "the first embedding");
  checkMatrix(second, "the second embedding", first);
  const { rows: p, columns: d } = first;
  let equal = 0;
  for (let draw = 0; draw < draws; draw++) {
    const a = random.integer(p);
    const b = random.integer(p);
    const c = random.integer(p);
    if (c === a) continue;
    const rest = (a + b - c + p) % p;
    let sum = 0;
    for (let k = 0; k < d; k++) {
      const difference =
        (first.values[a * d + k] as number) +
        (second.values[b * d + k] as number) -
        (first.values[c * d + k] as number) -
        (second.values[rest * d + k] as number);
      sum += difference * difference;
    }
    if (Math.sqrt(sum) < threshold) equal++;
  }
  return equal / draws;
}
