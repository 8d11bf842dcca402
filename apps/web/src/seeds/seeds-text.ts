import type { SeedRun } from "./seed-runs";

/** What came of several seeds so far, in a sentence. */
export function seedsText(runs: readonly Pick<SeedRun, "state" | "tGrok">[]): string {
  const times = runs.flatMap(({ tGrok }) => tGrok ?? []).toSorted((a, b) => a - b);
  const open = runs.filter(({ state }) => state === "waiting" || state === "training").length;
  const still = open === 0 ? "" : ` ${open} ${open === 1 ? "is" : "are"} not done yet.`;
  const of = `${times.length} of ${runs.length} have grokked`;
  if (times.length === 0) return `${of}.${still}`;
  const [first, last] = [times[0] as number, times.at(-1) as number];
  if (times.length === 1)
    return `1 of ${runs.length} has grokked, at step ${first.toLocaleString("en")}.${still}`;
  const middle = Math.round(medianOf(times));
  return `${of}, at steps ${first.toLocaleString("en")} to ${last.toLocaleString("en")} (median ${middle.toLocaleString("en")}).${still}`;
}

/** The value in the middle of rising values, or the mean of the two. */
export function medianOf(rising: readonly number[]): number {
  const half = (rising.length - 1) / 2;
  return ((rising[Math.floor(half)] as number) + (rising[Math.ceil(half)] as number)) / 2;
}
