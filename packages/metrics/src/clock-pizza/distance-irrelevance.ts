import type { PairLogits } from "../progress/pair-logits";

/**
 * The distance irrelevance of Zhong et al. 2023 ("The Clock and the Pizza"): how little the logit of
 * the right answer depends on the distance x − y of the operands.
 *
 *     q = (mean over d of the deviation of the right logit over pairs with x − y = d) / (its deviation over all pairs)
 *
 * It is 0 if the right logit is a function of the distance, as the pizza's mostly is, and 1 if pairs of
 * each distance vary as all do.
 *
 * @returns in [0, 1]; NaN where all right logits are equal
 * @throws RangeError if there are not n³ logits
 */
export function distanceIrrelevance({
  order: n,
  values,
}: Pick<PairLogits, "order" | "values">): number {
  if (values.length !== n ** 3) {
    throw new RangeError(
      `the pairs of ${n} elements have ${n ** 3} logits, and there are ${values.length}`,
    );
  }
  const right = (x: number, y: number) => values[(x * n + y) * n + ((x + y) % n)] as number;
  const all: number[] = [];
  let within = 0;
  for (let d = 0; d < n; d++) {
    const own = Array.from({ length: n }, (_, y) => right((y + d) % n, y));
    within += deviation(own) / n;
    all.push(...own);
  }
  const total = deviation(all);
  return total > 0 ? Math.min(1, within / total) : Number.NaN;
}

/** The standard deviation of all there are, and not of a sample. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
