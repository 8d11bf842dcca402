/** What a sweep's file may be: more is no sweep but an attack, or a mistake. */
export const sweepLimits = {
  /** In characters. */
  length: 1_000_000,
  depth: 32,
  columns: 200,
  aliases: 100,
} as const;
