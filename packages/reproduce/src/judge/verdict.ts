/** What can be said of a published figure or quantity. */
export const verdicts = [
  "reproduced",
  "not reproduced",
  "published figure inconsistent",
  "undecidable by this design",
  "nothing published",
  "partly run",
  "not yet run",
] as const;

/** What can be said of a published figure or quantity. */
export type Verdict = (typeof verdicts)[number];

/** Verdicts that say whether ours agrees with the source. */
export const decided: readonly Verdict[] = [
  "reproduced",
  "not reproduced",
  "published figure inconsistent",
];

/** How much of what should be run has been: all, what `--quick` asks for, some of that, or nothing. */
export type Extent = "full" | "quick" | "partly" | "none";

/** A figure's verdict from those of its quantities: the worst of what is decided. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of [
    "not reproduced",
    "published figure inconsistent",
    "reproduced",
    "partly run",
    "not yet run",
    "undecidable by this design",
    "nothing published",
  ] as const) {
    if (!verdicts.includes(verdict)) continue;
    // Of a figure some of whose quantities have runs and others none.
    return verdict === "not yet run" && verdicts.some((each) => each !== verdict)
      ? "partly run"
      : verdict;
  }
  return "nothing published";
}
