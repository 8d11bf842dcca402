import { type ComparedCurve, type ComparisonFigureOptions, comparisonFigure } from "@grok/plot";

/** What both accuracies of a figure's runs are drawn with. */
export const bandNote =
  "Ours: median over seeds, with the quartiles as a band; a run that has ended counts with its last value. Black: published.";

/** Accuracies of ours beside published ones, in one panel. */
export function accuracyComparison(
  curves: readonly ComparedCurve[],
  options: ComparisonFigureOptions & { title: string },
): string {
  const shown = curves.filter(({ points }) => points.length > 0);
  return comparisonFigure([{ quantity: "accuracy", curves: shown }], {
    note: bandNote,
    ...options,
  });
}
