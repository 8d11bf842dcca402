/**
 * The name that someone who typed `word` most likely meant: the one with the fewest single-letter
 * changes, insertions, deletions and swaps of neighbours, if those are at most a third of its
 * length (and at least one is allowed).
 */
export function closestName(word: string, names: Iterable<string>): string | undefined {
  // No name is so long that a word of this length could mean it.
  if (word.length > 100) return undefined;
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const edits = distance(word.toLowerCase(), name.toLowerCase());
    const allowed = Math.max(1, Math.floor(Math.max(word.length, name.length) / 3));
    if (edits <= allowed && edits < fewest) {
      best = name;
      fewest = edits;
    }
  }
  return best;
}

/** A sentence's end that suggests the nearest name, or nothing. */
export function suggestion(word: string, names: Iterable<string>): string {
  const name = closestName(word, names);
  return name === undefined ? "" : `; did you mean ${name}?`;
}

/** Optimal string alignment: Levenshtein's distance with swaps of neighbours (Damerau). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        edits = Math.min(edits, (before[j - 2] as number) + 1);
      }
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length] as number;
}
