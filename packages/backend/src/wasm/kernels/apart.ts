/**
 * Bytes filled up to whole pairs of cache lines, as `apart` of assembly/share.ts: of what lies at such
 * steps from each other, no thread writes what another has at hand.
 */
export function apart(bytes: number): number {
  return Math.ceil(bytes / 128) * 128;
}
