/** What can be said of a published figure or quantity. */
export const verdicts = [
  "reproduced",
  "not reproduced",
  "published figure inconsistent",
  "nothing published",
  "partly run",
  "not yet run",
] as const;

/** What can be said of a published figure or quantity. */
export type Verdict = (typeof verdicts)[number];

/** How much of what should be run has been: all, what `--quick` asks for, some of that, or nothing. */
export type Extent = "full" | "quick" | "partly" | "none";

/** A figure's verdict from those of its quantities: the worst of what was judged. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of [
    "not reproduced",
    "published figure inconsistent",
    "reproduced",
  ] as const) {
    if (verdicts.includes(verdict)) return verdict;
  }
  return "nothing published";
}
