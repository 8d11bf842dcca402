/** Whether a version `1.2.3` comes after another one; what is no version does not. */
export function isNewer(version: string, than: string): boolean {
  const [a, b] = [numbers(version), numbers(than)];
  if (a === null || b === null) return false;
  for (const [i, number] of a.entries()) {
    if (number !== b[i]) return number > (b[i] as number);
  }
  return false;
}

function numbers(version: string): number[] | null {
  const found = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[-+]|$)/.exec(version);
  return found === null ? null : found.slice(1).map(Number);
}
