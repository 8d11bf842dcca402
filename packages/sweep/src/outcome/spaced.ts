/** At most this many of some values, evenly spaced, the ends included. */
export function spaced<T>(values: readonly T[], most: number): T[] {
  if (values.length <= most) return [...values];
  return Array.from(
    { length: most },
    (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))] as T,
  );
}
