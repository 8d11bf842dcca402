/** Calls for each item, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  count: number,
  work: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  const rest = items.entries();
  const lane = async () => {
    for (const [index, item] of rest) await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, lane));
}
