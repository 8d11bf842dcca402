/** How many runs a sweep of the page may have. */
export const maxSweepRuns = 24;

/** Sets of flags, one per run, in which each swept flag has one of its values. */
export type SweepPoint = Readonly<Record<string, string>>;

/** Decimal comma of most of Europe: 0,5. */
const decimalComma = /^([+-]?\d*),(\d+)$/;

/** A number as it was typed, with a decimal point if it had a decimal comma. */
export function withPoint(text: string): string {
  return text.replace(decimalComma, "$1.$2");
}

/**
 * The values in what was typed into the field of a number: split at a comma before a space, at a
 * semicolon, or at a space; or at every comma if there are several, as in `1,2,3`. A single comma
 * without a space is a decimal comma: `0,5` is one number.
 *
 * @returns each value once, in their order; null if there is one only
 */
export function valuesIn(text: string): string[] | null {
  const trimmed = text.trim().replace(/[,;]+$/, "");
  const parts = /[\s;]/.test(trimmed)
    ? trimmed.split(/\s*;\s*|,?\s+/)
    : (trimmed.match(/,/g) ?? []).length > 1
      ? trimmed.split(",")
      : [trimmed];
  const values = [...new Set(parts.filter((part) => part !== "").map(withPoint))];
  return values.length > 1 ? values : null;
}

/** Every combination of the values of some flags, the last flag varying fastest. */
export function pointsOf(several: Readonly<Record<string, readonly string[]>>): SweepPoint[] {
  return Object.entries(several).reduce<SweepPoint[]>(
    (points, [name, values]) =>
      points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
}

/** How many runs these make. */
export function countOf(several: Readonly<Record<string, readonly string[]>>): number {
  return Object.values(several).reduce((product, { length }) => product * length, 1);
}

/** A point in words, as "weight decay 0.1, seed 3". */
export function pointText(point: SweepPoint): string {
  return Object.entries(point)
    .map(([name, value]) => `${name.replaceAll("-", " ")} ${value}`)
    .join(", ");
}
