import { kaplanMeier } from "@grok/metrics/statistics";
import type { Measured } from "./measured";

/** The Kaplan–Meier median, which is the ordinary one if all happened. */
export function medianOf(seen: readonly Measured[]): number | null {
  if (seen.some(({ value }) => value < 0) || seen.every(({ happened }) => happened)) {
    return middle(seen.map(({ value }) => value));
  }
  return kaplanMeier(seen.map(({ value, happened }) => ({ time: value, happened }))).median;
}

/** The ordinary median: the mean of the two in the middle if N is even. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2)];
  return ((sorted[low] as number) + (sorted[high] as number)) / 2;
}
