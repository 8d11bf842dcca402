/** Does something with each item, so many at a time, and gives what came of it in order. */
export async function inParallel<T, R>(
  items: readonly T[],
  jobs: number,
  act: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const worker = async () => {
    for (const [i, item] of rest) results[i] = await act(item, i);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}
