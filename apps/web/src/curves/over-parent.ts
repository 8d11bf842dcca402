import type { ChartData, Curve } from "./curve";

/** Curves of two runs over the steps of both: those of a branch, and under them its parent's. */
export function overParent(
  own: ChartData,
  parent: { readonly steps: readonly number[]; readonly curves: readonly Curve[] },
  names: { readonly own: string; readonly parent: string },
): ChartData {
  const steps = merged(own.steps, parent.steps);
  const places = new Map(steps.map((step, i) => [step, i]));
  const laid = (from: readonly number[], curve: Curve, of: string): Curve => {
    const values = steps.map((): number | null => null);
    for (const [i, step] of from.entries()) {
      values[places.get(step) as number] = curve.values[i] ?? null;
    }
    return { ...curve, name: `${curve.name}, ${of}`, values };
  };
  return {
    ...own,
    steps,
    // The branch's lie over its parent's, which are the same up to where it branches.
    curves: [
      ...parent.curves.map((curve) => ({
        ...laid(parent.steps, curve, names.parent),
        isPale: true,
        width: 1.75,
      })),
      ...own.curves.map((curve) => laid(own.steps, curve, names.own)),
    ],
  };
}

/** Two rising lists as one, each step once. */
function merged(one: readonly number[], other: readonly number[]): number[] {
  const steps: number[] = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    const [a = Number.POSITIVE_INFINITY, b = Number.POSITIVE_INFINITY] = [one[i], other[j]];
    steps.push(Math.min(a, b));
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return steps;
}
