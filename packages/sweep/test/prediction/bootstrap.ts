import { randomStream } from "@grok/data";

/** A mean and its 95% interval. */
export type Interval = readonly [mean: number, low: number, high: number];

/**
 * The mean of values and its 95% interval by the percentile bootstrap (Efron 1979), in which clusters
 * of values are drawn again as wholes.
 */
export function intervalOf(
  values: readonly { readonly cluster: string; readonly value: number }[],
  { draws = 2000, seed = 0 }: { draws?: number; seed?: number } = {},
): Interval {
  const byName = new Map<string, { sum: number; count: number }>();
  for (const { cluster, value } of values) {
    const { sum, count } = byName.get(cluster) ?? { sum: 0, count: 0 };
    byName.set(cluster, { sum: sum + value, count: count + 1 });
  }
  const clusters = [...byName.values()];
  const meanOf = (chosen: typeof clusters) =>
    chosen.reduce((sum, each) => sum + each.sum, 0) /
    chosen.reduce((count, each) => count + each.count, 0);
  const stream = randomStream(seed, "bootstrap");
  const means = Array.from({ length: draws }, () =>
    meanOf(clusters.map(() => clusters[stream.integer(clusters.length)] as (typeof clusters)[0])),
  ).sort((a, b) => a - b);
  const at = (share: number) => means[Math.round(share * (draws - 1))] ?? Number.NaN;
  return [meanOf(clusters), at(0.025), at(0.975)];
}
