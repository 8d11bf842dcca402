/**
 * Centres for labels on a line: as near to their anchors as they can be (least sum of squared
 * shifts) without overlap, inside [low, high].
 *
 * With oᵢ the distance from the first centre to the ith when all labels touch, cᵢ − oᵢ must not
 * decrease: an isotonic regression of anchorᵢ − oᵢ, solved by pooling adjacent violators.
 *
 * @param anchors wished centres, not decreasing
 * @param sizes extent of each label along the line
 * @param gap least space between two labels
 * @returns the centres, or undefined if the labels do not fit
 */
export function spread(
  anchors: readonly number[],
  sizes: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] | undefined {
  const offsets: number[] = [];
  for (const [i, size] of sizes.entries()) {
    offsets.push(
      i === 0 ? 0 : (offsets[i - 1] as number) + ((sizes[i - 1] as number) + size) / 2 + gap,
    );
  }
  const last = offsets.length - 1;
  if (last < 0) return [];
  const least = low + (sizes[0] as number) / 2;
  const greatest = high - (sizes[last] as number) / 2 - (offsets[last] as number);
  if (greatest < least) return undefined;

  const pools: { mean: number; count: number }[] = [];
  for (const [i, anchor] of anchors.entries()) {
    let pool = { mean: anchor - (offsets[i] as number), count: 1 };
    for (let left = pools.at(-1); left && left.mean > pool.mean; left = pools.at(-1)) {
      const count = left.count + pool.count;
      pool = { mean: (left.mean * left.count + pool.mean * pool.count) / count, count };
      pools.pop();
    }
    pools.push(pool);
  }
  return pools
    .flatMap(({ mean, count }) => Array.from({ length: count }, () => mean))
    .map((start, i) => Math.min(Math.max(start, least), greatest) + (offsets[i] as number));
}
