import type { SideRun } from "./side-runs";

/** What came of several runs so far, in a sentence; the median is said if they differ in their seed only. */
export function sideText(runs: readonly Pick<SideRun, "state" | "tGrok" | "group">[]): string {
  const times = runs.flatMap(({ tGrok }) => tGrok ?? []).toSorted((a, b) => a - b);
  const open = runs.filter(({ state }) => state === "waiting" || state === "training").length;
  const still = open === 0 ? "" : ` ${open} ${open === 1 ? "is" : "are"} not done yet.`;
  const of = `${times.length} of ${runs.length} have grokked`;
  if (times.length === 0) return `${of}.${still}`;
  const [first, last] = [times[0] as number, times.at(-1) as number];
  if (times.length === 1)
    return `1 of ${runs.length} has grokked, at step ${first.toLocaleString("en")}.${still}`;
  const areSeeds = new Set(runs.map(({ group }) => group)).size === 1;
  const median = areSeeds ? ` (median ${Math.round(medianOf(times)).toLocaleString("en")})` : "";
  return `${of}, at steps ${first.toLocaleString("en")} to ${last.toLocaleString("en")}${median}.${still}`;
}

/** The value in the middle of rising values, or the mean of the two. */
export function medianOf(rising: readonly number[]): number {
  const half = (rising.length - 1) / 2;
  return ((rising[Math.floor(half)] as number) + (rising[Math.ceil(half)] as number)) / 2;
}
