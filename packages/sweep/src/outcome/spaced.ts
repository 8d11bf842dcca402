/** At most this many of some values, evenly spaced, the ends included. */
export function spaced<T>(values: readonly T[], max: number): T[] {
  if (values.length <= max) return [...values];
  return Array.from(
    { length: max },
    (_, i) => values[Math.round((i * (values.length - 1)) / (max - 1))] as T,
  );
}
