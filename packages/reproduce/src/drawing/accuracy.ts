import type { ComparedCurve, ComparisonFigureOptions } from "@grok/plot";
import { comparisonFigure } from "./figure-form";

/** How curves of our runs are drawn. */
export const ownBandNote =
  "Ours: median over seeds, with the quartiles as a band; a run that has ended counts with its last value.";

/** The same where published curves stand beside them. */
export const bandNote = `${ownBandNote} Black: published.`;

/** Accuracies of ours beside published ones, in one panel. */
export function accuracyComparison(
  curves: readonly ComparedCurve[],
  options: ComparisonFigureOptions & { title: string },
): Promise<string> {
  const shown = curves.filter(({ points }) => points.length > 0);
  return comparisonFigure([{ quantity: "accuracy", curves: shown }], {
    note: bandNote,
    ...options,
  });
}
